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
  /**
   * Third over second central moment of the bad count, in failures: 1 for lone ones, more than the design effect
   * where a few long bursts stand out from many short ones.
   */
  readonly skew: number;
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
    return dependence(filled, floor, { bursts, lags: 0, skew: 1, uncertainty: 0 });
  }
  const serial = serialOf(filled);
  const designEffect = Math.max(floor, serial.designEffect, 2 * meanBurstLength(filled, bursts) - 1);
  const blocks = blockMoments(filled, serial.lags + 1);
  const uncertainty = Math.max(
    uncertaintyOfPieces(filled, bursts, serial.lags),
    designEffect > floor ? uncertaintyOfBursts(filled, designEffect - floor, blocks) : 0,
  );
  return dependence(filled, designEffect, { bursts, lags: serial.lags, skew: blocks.skew, uncertainty });
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

interface Seen {
  readonly bursts: number;
  readonly lags: number;
  readonly skew: number;
  /** 1 / degrees of freedom. */
  readonly uncertainty: number;
}

function dependence({ totalSum }: FilledSlices, designEffect: number, seen: Seen): Dependence {
  const { uncertainty, ...others } = seen;
  const effectiveTotal = totalSum / designEffect;
  return { designEffect, effectiveTotal, ...others, degreesOfFreedom: 1 / uncertainty };
}

/** Sums over blocks as long as correlation reaches. */
interface BlockMoments {
  /** Third over second moment of the residuals, at least 1. */
  readonly skew: number;
  /** Relative variance of Σ residual² / Σ variance, the design effect as blocks show it, by the delta method. */
  readonly relativeVariance: number;
}

function blockMoments(slices: FilledSlices, length: number): BlockMoments {
  const { square, cube, fourth, variance, product, variance2 } = sumsOverBlocks(slices, length);
  if (square === 0) return { skew: 1, relativeVariance: 0 };
  const ratio = square / variance;
  const deviations = fourth - 2 * ratio * product + ratio ** 2 * variance2;
  return { skew: Math.max(1, cube / square), relativeVariance: deviations / square ** 2 };
}

/**
 * Residual: bad events of a block beyond those expected at the bad share of the run; variance: what so many bad
 * events would have if they were independent. Nothing but the loop: with work after it, V8 (Node 20) throws its
 * compiled code away at each call, and a day is 86,400 slices for each objective.
 */
function sumsOverBlocks({ total, bad, totalSum, badSum }: FilledSlices, length: number) {
  const share = badSum / totalSum;
  const sums = { square: 0, cube: 0, fourth: 0, variance: 0, product: 0, variance2: 0 };
  for (let from = 0; from < bad.length; from += length) {
    let blockBad = 0;
    let blockTotal = 0;
    const end = Math.min(from + length, bad.length);
    for (let t = from; t < end; t += 1) {
      blockBad += bad[t] as number;
      blockTotal += total[t] as number;
    }
    const residual = blockBad - share * blockTotal;
    const variance = blockBad * (1 - share);
    const square = residual * residual;
    sums.square += square;
    sums.cube += square * residual;
    sums.fourth += square * square;
    sums.variance += variance;
    sums.product += square * variance;
    sums.variance2 += variance * variance;
  }
  return sums;
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
 * ones; and half the relative variance as blocks show it, which a few long bursts among many short ones make
 * large.
 */
function uncertaintyOfBursts({ badSum }: FilledSlices, excess: number, blocks: BlockMoments): number {
  return Math.max(excess / (2 * badSum), blocks.relativeVariance / 2);
}
