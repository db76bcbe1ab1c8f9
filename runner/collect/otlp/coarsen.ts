import type { Histogram } from '../../../slo/measurements.ts';

/**
 * The finest scale we keep: buckets of 2.2 %. The SDK sends few samples at scales up to 20, whose merged
 * buckets would be millions; response times from microseconds to minutes are under 1,000 buckets here.
 */
export const finestScale = 5;

/** Joins neighbouring buckets until the scale is at most `finestScale`; nothing is lost but fineness. */
export function coarsen(histogram: Histogram): Histogram {
  if (histogram.scale <= finestScale) return histogram;
  const joined = 2 ** (histogram.scale - finestScale);
  const indexOf = (position: number): number => Math.floor((histogram.offset + position) / joined);
  const offset = indexOf(0);
  const length = histogram.buckets.length === 0 ? 0 : indexOf(histogram.buckets.length - 1) - offset + 1;
  const buckets = new Array<number>(length).fill(0);
  for (const [position, count] of histogram.buckets.entries()) {
    const index = indexOf(position) - offset;
    buckets[index] = (buckets[index] ?? 0) + count;
  }
  return { ...histogram, scale: finestScale, offset, buckets };
}
