import type { Histogram } from '../measurements.ts';
import { filledBuckets } from './histogram.ts';

/**
 * A quantile of the sample with its bucket's values taken as evenly spread, between the extremes seen: for telling,
 * where a bucket's upper edge (`quantileEstimate`) would err by up to its width. Undefined without data.
 */
export function interpolatedQuantile(histogram: Histogram, quantile: number): number | undefined {
  const { count, min, max } = histogram;
  if (count === 0) return undefined;
  const rank = Math.max(1, quantile * count);
  let below = 0;
  for (const bucket of filledBuckets(histogram)) {
    if (below + bucket.count >= rank) {
      const from = Math.max(bucket.above, min);
      const to = Math.min(bucket.upTo, max);
      return from + ((rank - below) / bucket.count) * Math.max(0, to - from);
    }
    below += bucket.count;
  }
  return max;
}
