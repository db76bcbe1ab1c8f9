/** A quantile read from a histogram is an interval: sampling and the bucket's width both blur it. */
import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import type { Histogram } from '../measurements.ts';
import { confidence } from './binomial.ts';
import { type Bucket, bucketEdge, filledBuckets } from './histogram.ts';

/**
 * Rank (from 1) of the smallest order statistic that is at or above the quantile with one-sided confidence:
 * the least r with P(Bin(total, quantile) < r) ≥ level. Undefined if even the largest is not
 * (p99 needs 299 values).
 */
export function upperRank(quantile: number, total: number, level = confidence): number | undefined {
  return smallestRank(total, (rank) => chanceBelow(rank, total, quantile) >= level);
}

/** Rank of the largest order statistic at or below the quantile, likewise; undefined if even the smallest is not. */
export function lowerRank(quantile: number, total: number, level = confidence): number | undefined {
  const isAbove = (rank: number) => chanceBelow(rank, total, quantile) > 1 - level;
  const firstAbove = smallestRank(total, isAbove) ?? total + 1;
  return firstAbove > 1 ? firstAbove - 1 : undefined;
}

/** P(Bin(total, quantile) < rank) = I(1 − quantile; total − rank + 1, rank). */
function chanceBelow(rank: number, total: number, quantile: number): number {
  return betaCdf(1 - quantile, total - rank + 1, rank);
}

/** Binary search; `holds` is false up to some rank and true from there on. */
function smallestRank(total: number, holds: (rank: number) => boolean): number | undefined {
  if (total < 1 || !holds(total)) return undefined;
  let low = 1;
  let high = total;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The quantile of the sample: the upper edge of its bucket, between the extremes seen. Undefined without data. */
export function quantileEstimate(histogram: Histogram, quantile: number): number | undefined {
  if (histogram.count === 0) return undefined;
  let left = Math.max(1, Math.ceil(quantile * histogram.count)) - histogram.zeroCount;
  if (left <= 0) return clamp(0, histogram);
  let position = 0;
  for (; position < histogram.buckets.length; position++) {
    left -= histogram.buckets[position] as number;
    if (left <= 0) break;
  }
  return clamp(bucketEdge(histogram.offset + position + 1, histogram.scale), histogram);
}

/** No value lies outside the extremes seen, whatever its bucket's edges. */
function clamp(ms: number, { min, max }: Histogram): number {
  return Math.min(Math.max(ms, min), max);
}

export interface QuantileInterval {
  /** Upper edge of the bucket that holds the quantile of the sample, at most the maximum seen. */
  readonly estimateMs: number;
  /** Lower edge of the bucket of the lower rank; 0 if the sample is too small for one. */
  readonly lowMs: number;
  /** Upper edge of the bucket of the upper rank; undefined if the sample is too small for one. */
  readonly highMs?: number;
}

/** Order-statistic interval of a quantile of response times, widened by the bucket. Undefined without data. */
export function quantileInterval(
  histogram: Histogram,
  quantile: number,
  level = confidence,
): QuantileInterval | undefined {
  const total = histogram.count;
  const buckets = filledBuckets(histogram);
  const estimateMs = quantileEstimate(histogram, quantile);
  if (estimateMs === undefined) return undefined;
  const low = bucketOfRank(buckets, lowerRank(quantile, total, level));
  const high = bucketOfRank(buckets, upperRank(quantile, total, level));
  return {
    estimateMs,
    lowMs: low === undefined ? 0 : clamp(low.above, histogram),
    ...(high === undefined ? {} : { highMs: clamp(high.upTo, histogram) }),
  };
}

function bucketOfRank(buckets: readonly Bucket[], rank: number | undefined): Bucket | undefined {
  if (rank === undefined) return undefined;
  let seen = 0;
  return buckets.find((bucket) => {
    seen += bucket.count;
    return seen >= rank;
  });
}
