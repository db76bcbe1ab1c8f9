/** Where a series changed its level. */
import { midranks } from './ranks.ts';

export interface ChangePoint {
  /** Index of the first value after the change. */
  readonly index: number;
  /** Chance of so strong a change in a series without one. */
  readonly p: number;
}

export interface ChangePointOptions {
  /** Uniform numbers in [0, 1); seeded by the caller, so that one series gives one answer. */
  readonly random: () => number;
  /** Chance to find any change in a series that has none. */
  readonly alpha?: number;
  /** p-values are multiples of 1 / (permutations + 1). */
  readonly permutations?: number;
  /** Shortest stretch between two changes. */
  readonly leastLength?: number;
}

/**
 * Changes of level in time order: Pettitt's rank statistic (1979) in a hierarchy of bisections as in E-divisive
 * (Matteson and James 2014), each tested by permutations, which keep the false alarm rate exactly where values
 * are exchangeable without a change. Give it means of blocks longer than the values depend on each other.
 */
export function changePoints(
  values: readonly number[],
  { random, alpha = 0.05, permutations = 999, leastLength = 3 }: ChangePointOptions,
): ChangePoint[] {
  if (values.length < 2 * leastLength) return [];
  const ranks = midranks(values);
  const seen = strongestSplit(ranks, leastLength);
  let asStrong = 1;
  for (let permutation = 0; permutation < permutations; permutation += 1) {
    // No further permutation can make it significant.
    if (asStrong / (permutations + 1) > alpha) return [];
    if (strongestSplit(shuffled(ranks, random), leastLength).strength >= seen.strength) asStrong += 1;
  }
  const p = asStrong / (permutations + 1);
  if (p > alpha) return [];
  const options = { random, alpha, permutations, leastLength };
  const after = changePoints(values.slice(seen.index), options);
  return [
    ...changePoints(values.slice(0, seen.index), options),
    { index: seen.index, p },
    ...after.map((change) => ({ ...change, index: change.index + seen.index })),
  ];
}

/** The split with the largest |U| = |2 Σ ranks − k (n + 1)|. */
function strongestSplit(ranks: readonly number[], leastLength: number): { index: number; strength: number } {
  let best = { index: leastLength, strength: -1 };
  let u = 0;
  for (let k = 1; k <= ranks.length - leastLength; k += 1) {
    u += 2 * (ranks[k - 1] as number) - ranks.length - 1;
    if (k >= leastLength && Math.abs(u) > best.strength) best = { index: k, strength: Math.abs(u) };
  }
  return best;
}

/** Fisher and Yates. */
function shuffled(values: readonly number[], random: () => number): number[] {
  const copy = [...values];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [copy[last], copy[other]] = [copy[other] as number, copy[last] as number];
  }
  return copy;
}
