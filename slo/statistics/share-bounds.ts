/** Bounds of a share of good events that hold although failures come in bursts. */
import fQuantile from '@stdlib/stats-base-dists-f-quantile';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { badShareAtMost, confidence, smallestTotalThatProves } from './binomial.ts';
import type { Dependence } from './dependence.ts';

export interface ShareCounts {
  readonly bad: number;
  readonly total: number;
}

/**
 * The design effect that evidence is divided by, widened for having been estimated: times (t / z)² at this level
 * after Korn and Graubard (1998). One burst alone multiplies it by 15 at 95 %, five by 1.5, lone failures by 1.
 * Infinite where dependence is unknown altogether.
 */
export function cautiousDesignEffect(
  { designEffect, degreesOfFreedom }: Dependence,
  level = confidence,
): number {
  if (degreesOfFreedom === Number.POSITIVE_INFINITY) return designEffect;
  if (degreesOfFreedom < leastDegreesOfFreedom) return Number.POSITIVE_INFINITY;
  return designEffect * (tQuantile(level, degreesOfFreedom) / normalQuantile(level, 0, 1)) ** 2;
}

/** Below this the quantile of t overflows, and nothing is known. */
const leastDegreesOfFreedom = 0.05;

/**
 * Lower bound of the good share, for a pass: Clopper–Pearson on effective counts bad / D and total / D, with D
 * the cautious design effect. Without dependence that is Clopper–Pearson itself.
 */
export function goodShareAtLeast(
  { bad, total }: ShareCounts,
  dependence: Dependence,
  level = confidence,
): number {
  const designEffect = cautiousDesignEffect(dependence, level);
  return Number.isFinite(designEffect)
    ? 1 - badShareAtMost(bad / designEffect, total / designEffect, level)
    : 0;
}

/**
 * Upper bound of the good share, for a fail. Where bad = bursts × mean length and both are estimated, what was
 * seen over what is true has an F distribution (exactly so for exponential lengths): Clopper–Pearson in its F
 * form, with the degrees of freedom of the bursts in place of those of the failures. Lone failures give
 * Clopper–Pearson itself. Never less than Markov's inequality refutes, which needs nothing to be known of
 * dependence: a bad share 20 times the true one is seen with a chance of at most 1/20.
 */
export function goodShareAtMost(
  { bad, total }: ShareCounts,
  dependence: Dependence,
  level = confidence,
): number {
  if (bad <= 0) return 1;
  const markov = ((1 - level) * bad) / total;
  const designEffect = cautiousDesignEffect(dependence, level);
  if (!Number.isFinite(designEffect)) return 1 - markov;
  const bursts = (2 * bad) / (designEffect + 1);
  const others = total - bad + 1;
  const ofLengths = 1 / ((designEffect - 1) / (4 * bad) + designEffect / (2 * others));
  const odds = (bad / others) * fQuantile(1 - level, 2 * bursts, ofLengths);
  return 1 - Math.max(odds / (1 + odds), markov);
}

/**
 * Events that prove a good share of `target` with `bad` bad ones, if failures keep coming as they did: the exact
 * smallest number without dependence, rounded up to whole effective events with it. Undefined where dependence
 * is unknown.
 */
export function totalThatProves(
  target: number,
  bad: number,
  dependence: Dependence,
  level = confidence,
): number | undefined {
  const designEffect = cautiousDesignEffect(dependence, level);
  if (!Number.isFinite(designEffect)) return undefined;
  return Math.ceil(designEffect * smallestTotalThatProves(target, bad / designEffect, level));
}

/**
 * Up to which mean number of failures at a time a clean run of `total` events proves the target: bursts of this
 * length would leave it clean with a chance of 1 − level. Below 1 it proves nothing.
 */
export function burstWithstood(total: number, target: number, level = confidence): number {
  return total / smallestTotalThatProves(target, 0, level);
}
