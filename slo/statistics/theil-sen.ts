/** How fast a figure grows, robust against outliers: the median of all slopes (Theil 1950, Sen 1968). */
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { medianOfSorted, tieSizes } from './ranks.ts';

export interface Trend {
  /** Units of y a unit of x. */
  readonly slope: number;
  /** Two-sided interval of the slope. */
  readonly low: number;
  readonly high: number;
  /** Median of y − slope × x. */
  readonly intercept: number;
}

/**
 * Slope with its interval from the distribution of Kendall's S (Sen 1968, with ties). Time and memory grow with
 * the square of the number of points: aggregate to at most some two thousand. Undefined for fewer than two x.
 */
export function theilSen(x: readonly number[], y: readonly number[], level = 0.95): Trend | undefined {
  const slopes = slopesOf(x, y);
  if (slopes.length === 0) return undefined;
  const reach = -normalQuantile((1 - level) / 2, 0, 1) * Math.sqrt(kendallVariance(x.length, x, y));
  const lowRank = Math.max(0, Math.round((slopes.length - reach) / 2) - 1);
  const highRank = Math.min(slopes.length - 1, Math.round((slopes.length + reach) / 2));
  const slope = medianOfSorted(slopes);
  return {
    slope,
    low: slopes[lowRank] as number,
    high: slopes[highRank] as number,
    intercept: medianOfSorted(Float64Array.from(y, (value, i) => value - slope * (x[i] as number)).sort()),
  };
}

/** The slope alone, without its interval and intercept. Undefined for fewer than two x. */
export function medianSlope(x: readonly number[], y: readonly number[]): number | undefined {
  const slopes = slopesOf(x, y);
  return slopes.length === 0 ? undefined : medianOfSorted(slopes);
}

function slopesOf(x: readonly number[], y: readonly number[]): Float64Array {
  const slopes = new Float64Array((x.length * (x.length - 1)) / 2);
  let count = 0;
  for (let i = 0; i < x.length; i += 1) {
    for (let j = i + 1; j < x.length; j += 1) {
      const run = (x[j] as number) - (x[i] as number);
      if (run === 0) continue;
      slopes[count] = ((y[j] as number) - (y[i] as number)) / run;
      count += 1;
    }
  }
  return slopes.subarray(0, count).sort();
}

/** Variance of Kendall's S without correlation: n (n − 1) (2n + 5) / 18, less what ties in x and in y take. */
export function kendallVariance(n: number, ...series: readonly (readonly number[])[]): number {
  const term = (size: number) => size * (size - 1) * (2 * size + 5);
  const tied = series.flatMap((values) => tieSizes(values)).reduce((sum, size) => sum + term(size), 0);
  return (term(n) - tied) / 18;
}
