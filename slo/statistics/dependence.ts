/**
 * Requests fail together. How little their number says is told by the design effect (Kish 1965): the variance of
 * the bad share over the variance that as many independent requests would have.
 */
import { countBursts, meanBurstLength } from './bursts.ts';
import { automaticLongRunVariance, longRunVariance } from './long-run-variance.ts';
import { type FilledSlices, filledSlices, type Slices } from './slices.ts';

export interface Dependence {
  /** At least 1, which is independent, and at least what was assumed. */
  readonly designEffect: number;
  /** Independent events that would say as much: total / designEffect. */
  readonly effectiveTotal: number;
  /** Groups of failures, a lone one being a group of one (`countBursts`). */
  readonly bursts: number;
  /** Lags of the long-run variance. */
  readonly lags: number;
  /** How sure the design effect is, as degrees of freedom; infinite where nothing had to be estimated. */
  readonly degreesOfFreedom: number;
}

/**
 * Dependence of events in one-second slices. The design effect is the largest of
 * - 1, and what is assumed (a policy's word on bursts before any failure is seen);
 * - the serial design effect, which sees correlation at any rate of failures;
 * - 2 L − 1 with L the mean length of bursts, the design effect if lengths are geometric (a two-state Markov
 *   chain of requests): a few bursts of like length would otherwise hide how much lengths may differ.
 */
export function dependenceOf(
  slices: Slices,
  { assumedDesignEffect = 1 }: { readonly assumedDesignEffect?: number } = {},
): Dependence {
  const filled = filledSlices(slices);
  const floor = Math.max(1, assumedDesignEffect);
  const bursts = countBursts(filled);
  if (filled.badSum === 0 || filled.badSum === filled.totalSum) {
    return dependence(filled, floor, { bursts, lags: 0, uncertainty: 0 });
  }
  const serial = serialOf(filled);
  const designEffect = Math.max(floor, serial.designEffect, 2 * meanBurstLength(filled, bursts) - 1);
  const uncertainty = Math.max(
    uncertaintyOfPieces(filled, bursts, serial.lags),
    designEffect > floor ? uncertaintyOfBursts(filled, designEffect - floor, serial.lags) : 0,
  );
  return dependence(filled, designEffect, { bursts, lags: serial.lags, uncertainty });
}

/**
 * Long-run variance of bad[t] − p total[t], p the bad share, over its variance if requests were independent;
 * below 1 where failures are spread more evenly than by chance. Lags are chosen from the data if absent.
 * NaN where all events are good or all are bad.
 */
export function serialDesignEffect(slices: Slices, lags?: number): number {
  return serialOf(filledSlices(slices), lags).designEffect;
}

function serialOf(
  { total, bad, totalSum, badSum }: FilledSlices,
  fixedLags?: number,
): { designEffect: number; lags: number } {
  const share = badSum / totalSum;
  const residuals = bad.map((count, t) => count - share * (total[t] as number));
  const { variance, lags } =
    fixedLags === undefined
      ? automaticLongRunVariance(residuals)
      : { variance: longRunVariance(residuals, fixedLags), lags: fixedLags };
  const independent = (((totalSum * totalSum) / (totalSum - 1)) * (share * (1 - share))) / residuals.length;
  return { designEffect: variance / independent, lags };
}

function dependence(
  { totalSum }: FilledSlices,
  designEffect: number,
  { uncertainty, ...seen }: { bursts: number; lags: number; uncertainty: number },
): Dependence {
  return {
    designEffect,
    effectiveTotal: totalSum / designEffect,
    ...seen,
    degreesOfFreedom: 1 / uncertainty,
  };
}

/**
 * A long-run variance with Bartlett weights is as sure as one of 3 T / (2 (lags + 1)) independent values (Priestley
 * 1981). Lone failures need none of it, so it weighs by the share of failures that came together.
 */
function uncertaintyOfPieces({ bad, badSum }: FilledSlices, bursts: number, lags: number): number {
  const together = 1 - bursts / badSum;
  return together === 0 ? 0 : together / Math.max(0, (1.5 * bad.length) / (lags + 1) - 1);
}

/**
 * The larger of two: (D − 1) / (2 bad), which is that of the mean of geometric lengths, 1 / bursts for long
 * ones; and half the relative variance of the design effect as blocks of the run show it, which a few long
 * bursts among many short ones make large.
 */
function uncertaintyOfBursts(filled: FilledSlices, excess: number, lags: number): number {
  return Math.max(excess / (2 * filled.badSum), relativeVariance(filled, lags + 1) / 2);
}

/** Relative variance of Σ u² / Σ v over blocks: u² the squared residual of a block, v its binomial variance. */
function relativeVariance({ total, bad, totalSum, badSum }: FilledSlices, length: number): number {
  const share = badSum / totalSum;
  const squares: number[] = [];
  const variances: number[] = [];
  for (let start = 0; start < bad.length; start += length) {
    const blockBad = sum(bad.subarray(start, start + length));
    squares.push((blockBad - share * sum(total.subarray(start, start + length))) ** 2);
    variances.push(blockBad * (1 - share));
  }
  const squareSum = sum(squares);
  const ratio = squareSum / sum(variances);
  const deviations = squares.map((square, block) => (square - ratio * (variances[block] as number)) ** 2);
  return squareSum === 0 ? 0 : sum(deviations) / squareSum ** 2;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index += 1) total += values[index] as number;
  return total;
}
