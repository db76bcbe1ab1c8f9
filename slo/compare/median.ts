import { medianOfSorted } from '../statistics/ranks.ts';

/** The middle of the values; the mean of the two middle ones of an even number. NaN without any. */
export function median(values: readonly number[]): number {
  return medianOfSorted(Float64Array.from(values).sort());
}

/** Spread around the median that outliers do not move: 1.4826 times the median distance, the σ of normal values. */
export function robustSpread(values: readonly number[]): number {
  const middle = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)));
}
