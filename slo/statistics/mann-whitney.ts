/** Whether one sample tends to larger values than another (Mann and Whitney 1947). The unit is a run or a block. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { midranks, tieSizes } from './ranks.ts';

export interface MannWhitney {
  /** Pairs in which x is larger than y, ties counted half. */
  readonly u: number;
  readonly pTwoSided: number;
  /** For "x tends to be larger". */
  readonly pGreater: number;
  /** For "x tends to be smaller". */
  readonly pLess: number;
  readonly exact: boolean;
}

/** Up to this many values in all, p-values are exact, given the ties. */
const exactUpTo = 60;

/**
 * Exact up to 60 values in all, by the distribution of the rank sum over all ways to split them, ties included;
 * the normal approximation with tie and continuity correction above. Undefined if a sample is empty.
 */
export function mannWhitney(x: readonly number[], y: readonly number[]): MannWhitney | undefined {
  if (x.length === 0 || y.length === 0) return undefined;
  const pooled = [...x, ...y];
  const ranks = midranks(pooled);
  const rankSum = ranks.slice(0, x.length).reduce((sum, rank) => sum + rank, 0);
  const u = rankSum - (x.length * (x.length + 1)) / 2;
  const exact = pooled.length <= exactUpTo;
  const [pLess, pGreater] = exact
    ? exactTails(ranks, x.length, rankSum)
    : normalTails(u, x.length, y.length, tieSizes(pooled));
  return { u, pLess, pGreater, pTwoSided: Math.min(1, 2 * Math.min(pLess, pGreater)), exact };
}

/** P(rank sum ≤ seen) and P(rank sum ≥ seen) if each choice of `size` of these ranks is equally likely. */
function exactTails(ranks: readonly number[], size: number, rankSum: number): [number, number] {
  const ways = splitsByRankSum(ranks, size);
  const all = ways.reduce((sum, count) => sum + count, 0);
  const seen = 2 * rankSum;
  const upTo = ways.reduce((sum, count, doubled) => (doubled <= seen ? sum + count : sum), 0);
  return [upTo / all, (all - upTo + (ways[seen] ?? 0)) / all];
}

/** Number of ways to choose `size` ranks, by twice their sum (midranks are halves). */
function splitsByRankSum(ranks: readonly number[], size: number): Float64Array {
  const doubled = ranks.map((rank) => 2 * rank);
  const length = doubled.reduce((sum, rank) => sum + rank, 0) + 1;
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(length));
  (ways[0] as Float64Array)[0] = 1;
  for (const rank of doubled) {
    for (let chosen = size; chosen > 0; chosen -= 1) {
      const to = ways[chosen] as Float64Array;
      const from = ways[chosen - 1] as Float64Array;
      for (let sum = rank; sum < length; sum += 1)
        to[sum] = (to[sum] as number) + (from[sum - rank] as number);
    }
  }
  return ways[size] as Float64Array;
}

function normalTails(u: number, m: number, n: number, ties: readonly number[]): [number, number] {
  const total = m + n;
  const tied = ties.reduce((sum, size) => sum + size ** 3 - size, 0);
  const deviation = Math.sqrt(((m * n) / 12) * (total + 1 - tied / (total * (total - 1))));
  if (deviation === 0) return [1, 1];
  const z = (shift: number) => (u - (m * n) / 2 + shift) / deviation;
  return [normalCdf(z(0.5), 0, 1), 1 - normalCdf(z(-0.5), 0, 1)];
}

/**
 * Number of values of U that the lower tail of its exact distribution without ties leaves within `alpha`:
 * the largest c with P(U < c) ≤ alpha.
 */
export function criticalU(m: number, n: number, alpha: number): number {
  if (m + n > exactUpTo) {
    const z = normalQuantile(alpha, 0, 1);
    return Math.max(0, Math.floor((m * n) / 2 + z * Math.sqrt((m * n * (m + n + 1)) / 12)));
  }
  const ways = splitsByRankSum(
    Array.from({ length: m + n }, (_, index) => index + 1),
    m,
  );
  const all = ways.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (let u = 0; u <= m * n; u += 1) {
    below += (ways[2 * u + m * (m + 1)] ?? 0) / all;
    if (below > alpha) return u;
  }
  return m * n;
}
