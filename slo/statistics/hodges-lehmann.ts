/** By how much one sample is larger than another, and how sure that is (Hodges and Lehmann 1963). */
import { criticalU } from './mann-whitney.ts';
import { medianOfSorted } from './ranks.ts';

export interface Shift {
  /** Median of all differences x − y, in the unit of the values. */
  readonly shift: number;
  /** Interval from the Mann–Whitney test; ±∞ where the samples are too small for this level. */
  readonly low: number;
  readonly high: number;
}

/** Shift of x against y with its two-sided interval. Undefined if a sample is empty. */
export function hodgesLehmann(x: readonly number[], y: readonly number[], level = 0.95): Shift | undefined {
  if (x.length === 0 || y.length === 0) return undefined;
  const differences = Float64Array.from(x.flatMap((a) => y.map((b) => a - b))).sort();
  const cut = criticalU(x.length, y.length, (1 - level) / 2);
  return {
    shift: medianOfSorted(differences),
    low: differences[cut - 1] ?? Number.NEGATIVE_INFINITY,
    high: differences[differences.length - cut] ?? Number.POSITIVE_INFINITY,
  };
}
