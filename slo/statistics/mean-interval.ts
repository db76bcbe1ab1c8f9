/** Means of figures that are few and not counted: page loads, recovery times. */
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { confidence } from './binomial.ts';

export interface MeanInterval {
  readonly mean: number;
  /** One-sided bounds, each at the level; undefined for fewer than two values. */
  readonly low?: number;
  readonly high?: number;
}

/** Student's t: mean ± t × s / √n. Undefined without values. */
export function meanInterval(values: readonly number[], level = confidence): MeanInterval | undefined {
  const { length } = values;
  if (length === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / length;
  if (length === 1) return { mean };
  return around(
    mean,
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0),
    length,
    level,
  );
}

/** The same from sums, where the values themselves were not kept. Undefined without values. */
export function meanIntervalOfSums(
  {
    count,
    sum,
    sumOfSquares,
  }: { readonly count: number; readonly sum: number; readonly sumOfSquares: number },
  level = confidence,
): MeanInterval | undefined {
  if (count === 0) return undefined;
  const mean = sum / count;
  if (count === 1) return { mean };
  // Rounding may leave a hair below zero where all values are alike.
  return around(mean, Math.max(0, sumOfSquares - sum * mean), count, level);
}

function around(mean: number, squares: number, count: number, level: number): MeanInterval {
  const reach = tQuantile(level, count - 1) * Math.sqrt(squares / (count - 1) / count);
  return { mean, low: mean - reach, high: mean + reach };
}

/**
 * Lower bound of the share of drills under a limit, if all of `drills` were: (1 − level)^(1 / drills). Five give
 * 0.549, twenty 0.861. A drill that never recovered is a failure, not a missing value.
 */
export function shareUnderLimitAtLeast(drills: number, level = confidence): number {
  return drills <= 0 ? 0 : (1 - level) ** (1 / drills);
}
