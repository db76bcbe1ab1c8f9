/** Base-2 exponential histograms as OTLP defines them: bucket i holds values in (base^i, base^(i+1)], base = 2^(2^−scale). */
import type { Histogram } from '../measurements.ts';

/** Width of a bucket relative to its lower edge: about 4.4 % at scale 4. */
export function relativeBucketWidth(scale: number): number {
  return 2 ** (2 ** -scale) - 1;
}

export interface Bucket {
  readonly count: number;
  readonly above: number;
  readonly upTo: number;
}

/** The filled buckets in ascending order; values of zero are one bucket from 0 to 0. */
export function filledBuckets(histogram: Histogram): Bucket[] {
  const zero = histogram.zeroCount > 0 ? [{ count: histogram.zeroCount, above: 0, upTo: 0 }] : [];
  const others = histogram.buckets.flatMap((count, index) =>
    count === 0
      ? []
      : [
          {
            count,
            above: edge(histogram.offset + index, histogram.scale),
            upTo: edge(histogram.offset + index + 1, histogram.scale),
          },
        ],
  );
  return [...zero, ...others];
}

function edge(index: number, scale: number): number {
  return 2 ** (index * 2 ** -scale);
}

/** Adds histograms without loss: each is brought to the coarsest scale among them. Undefined for none. */
export function mergeHistograms(histograms: readonly Histogram[]): Histogram | undefined {
  const filled = histograms.filter((histogram) => histogram.count > 0);
  const first = filled[0];
  if (first === undefined) return histograms[0];
  const scale = Math.min(...filled.map((histogram) => histogram.scale));
  const counts = new Map<number, number>();
  for (const histogram of filled) addAtScale(counts, histogram, scale);
  const indexes = [...counts.keys()];
  const offset = indexes.length === 0 ? 0 : Math.min(...indexes);
  const length = indexes.length === 0 ? 0 : Math.max(...indexes) - offset + 1;
  return {
    scale,
    count: sum(filled, (histogram) => histogram.count),
    zeroCount: sum(filled, (histogram) => histogram.zeroCount),
    sum: sum(filled, (histogram) => histogram.sum),
    min: Math.min(...filled.map((histogram) => histogram.min)),
    max: Math.max(...filled.map((histogram) => histogram.max)),
    offset,
    buckets: Array.from({ length }, (_, index) => counts.get(offset + index) ?? 0),
  };
}

/** Lowering the scale by one joins buckets 2i and 2i + 1; the edges of the coarser scale are edges of the finer. */
function addAtScale(counts: Map<number, number>, histogram: Histogram, scale: number): void {
  const joined = 2 ** (histogram.scale - scale);
  for (const [position, count] of histogram.buckets.entries()) {
    if (count === 0) continue;
    const index = Math.floor((histogram.offset + position) / joined);
    counts.set(index, (counts.get(index) ?? 0) + count);
  }
}

function sum(histograms: readonly Histogram[], figure: (histogram: Histogram) => number): number {
  return histograms.reduce((total, histogram) => total + figure(histogram), 0);
}

/**
 * How many values reached a limit that nobody counted at the source: those in buckets wholly at or above it
 * for certain, those in the bucket that holds it perhaps. A limit outside min to max is known exactly.
 */
export function countNotUnder(histogram: Histogram, limit: number): { atLeast: number; atMost: number } {
  if (histogram.count === 0 || limit > histogram.max) return { atLeast: 0, atMost: 0 };
  if (limit <= histogram.min) return { atLeast: histogram.count, atMost: histogram.count };
  let atLeast = 0;
  let atMost = 0;
  for (const bucket of filledBuckets(histogram)) {
    if (bucket.above >= limit) atLeast += bucket.count;
    if (bucket.upTo >= limit) atMost += bucket.count;
  }
  return { atLeast, atMost };
}
