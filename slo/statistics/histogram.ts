/** Base-2 exponential histograms as OTLP defines them: bucket i holds values in (base^i, base^(i+1)], base = 2^(2^−scale). */
import type { Histogram } from '../measurements.ts';
import { HistogramSum } from './histogram-sum.ts';

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
            above: bucketEdge(histogram.offset + index, histogram.scale),
            upTo: bucketEdge(histogram.offset + index + 1, histogram.scale),
          },
        ],
  );
  return [...zero, ...others];
}

/** Where bucket `index` begins, and the one before it ends. */
export function bucketEdge(index: number, scale: number): number {
  return 2 ** (index * 2 ** -scale);
}

/** Adds histograms without loss: each is brought to the coarsest scale among them. Undefined for none. */
export function mergeHistograms(histograms: readonly Histogram[]): Histogram | undefined {
  if (histograms.length === 1) return histograms[0];
  const sum = new HistogramSum();
  for (const histogram of histograms) sum.add(histogram);
  return sum.toHistogram() ?? histograms[0];
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
