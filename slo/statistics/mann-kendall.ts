/** Whether a series drifts in one direction (Mann 1945, Kendall 1975), also if neighbours are alike. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { midranks } from './ranks.ts';
import { kendallVariance, medianSlope } from './theil-sen.ts';

export interface MannKendall {
  /** Pairs that rise less pairs that fall. */
  readonly s: number;
  /** Variance of s without a trend, ties taken off, autocorrelation put on. */
  readonly variance: number;
  readonly pTwoSided: number;
}

/**
 * Trend test on values at equal steps of time. `correct` widens the variance for autocorrelation after Hamed and
 * Rao (1998): by the significant autocorrelations of the ranks of the series without its Theil–Sen trend; it
 * never narrows it. Undefined for fewer than three values.
 */
export function mannKendall(values: readonly number[], { correct = true } = {}): MannKendall | undefined {
  const { length } = values;
  if (length < 3) return undefined;
  let s = 0;
  for (let i = 0; i < length; i += 1) {
    for (let j = i + 1; j < length; j += 1) s += Math.sign((values[j] as number) - (values[i] as number));
  }
  const variance = kendallVariance(length, values) * (correct ? autocorrelationFactor(values) : 1);
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
  return { s, variance, pTwoSided: 2 * normalCdf(-Math.abs(z), 0, 1) };
}

/** 1 + 2 / (n (n − 1) (n − 2)) Σ (n − k) (n − k − 1) (n − k − 2) r(k), over autocorrelations beyond 1.96 / √n. */
function autocorrelationFactor(values: readonly number[]): number {
  const n = values.length;
  const steps = values.map((_, index) => index);
  const slope = medianSlope(steps, values) ?? 0;
  const ranks = midranks(values.map((value, index) => value - slope * index));
  const centred = ranks.map((rank) => rank - (n + 1) / 2);
  const square = centred.reduce((sum, rank) => sum + rank * rank, 0);
  let weighted = 0;
  for (let lag = 1; lag < n - 2; lag += 1) {
    let product = 0;
    for (let t = lag; t < n; t += 1) product += (centred[t] as number) * (centred[t - lag] as number);
    const correlation = square > 0 ? product / square : 0;
    if (Math.abs(correlation) > 1.96 / Math.sqrt(n)) {
      weighted += (n - lag) * (n - lag - 1) * (n - lag - 2) * correlation;
    }
  }
  return Math.max(1, 1 + (2 * weighted) / (n * (n - 1) * (n - 2)));
}
