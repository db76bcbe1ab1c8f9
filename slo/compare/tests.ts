/** Many tests at once: what would be found by chance is not found. */
import type { Change, ChangeStanding } from './types.ts';

/** Family-wise: the probability of any false regression in a comparison. */
export const significance = 0.05;

/** A change before the correction for all tests, which decides whether it is worse. */
export interface Tested {
  readonly change: Omit<Change, 'standing' | 'pValue'>;
  /** One-sided, for "worse"; undefined where no test could ever have shown it (too few blocks, no bad event). */
  readonly pValue?: number;
  /** Whether the shift is large enough to matter. */
  readonly isLarge: boolean;
  /** What it is if it is not worse. */
  readonly otherwise: Exclude<ChangeStanding, 'worse'>;
}

/** The same figures, of which nothing is concluded. */
export function withoutTest({ change }: Tested): Tested {
  return { change, isLarge: false, otherwise: 'unclear' };
}

/** Settles every change: worse are those that are large enough and significant after the correction. */
export function settle(tested: readonly Tested[]): Change[] {
  const adjusted = holmAdjusted(tested.flatMap(({ pValue }) => pValue ?? []));
  let next = 0;
  return tested.map(({ change, pValue, isLarge, otherwise }) => {
    const adjustedP = pValue === undefined ? undefined : adjusted[next++];
    const isSure = adjustedP !== undefined && adjustedP <= significance;
    return {
      ...change,
      standing: isSure && isLarge ? 'worse' : otherwise,
      ...(adjustedP === undefined ? {} : { pValue: adjustedP }),
    };
  });
}

/** Holm's step-down (1979): the p-values that a single test would have to have; in the order given. */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const ascending = [...pValues.keys()].sort((a, b) => (pValues[a] as number) - (pValues[b] as number));
  const adjusted = new Array<number>(pValues.length);
  let least = 0;
  for (const [rank, index] of ascending.entries()) {
    least = Math.min(1, Math.max(least, (pValues[index] as number) * (pValues.length - rank)));
    adjusted[index] = least;
  }
  return adjusted;
}
