/** A share of good events judged while it is measured, every second, and decided as soon as it can be. */
import { dependenceOf } from './dependence.ts';
import { logMixtureAtMost, logMixtureRatio } from './e-process.ts';
import { cautiousDesignEffect, type ShareCounts } from './share-bounds.ts';

export type Decision = 'pass' | 'fail';

export interface ShareTestOptions {
  /** Promised share of good events, in (0, 1). */
  readonly target: number;
  /** Chance of a wrong decision over all looks. */
  readonly alpha: number;
  /** Chance of a wrong fail, where many objectives share it (alpha / their number); alpha if absent. */
  readonly failAlpha?: number;
  /**
   * Failures come in bursts at most this strong (`Dependence`); 1 if absent. A test that may stop early relies on
   * it: a clean minute does not tell that bursts come once an hour.
   */
  readonly assumedDesignEffect?: number;
}

/** Logarithms of e-values: evidence against "not kept" and against "kept". */
export interface ShareEvidence {
  readonly logPass: number;
  readonly logFail: number;
}

export interface ShareTest {
  /** Adds one second. What is decided stays decided; undefined as long as nothing is. */
  add(total: number, bad: number): Decision | undefined;
  /** Evidence of all seconds so far, by the dependence they show. */
  evidence(): ShareEvidence;
}

/** Correlation in time cannot be seen in fewer seconds with traffic. */
const leastSlices = 30;

/** Dependence is estimated anew once a run has grown by this factor: 86,400 looks cost a few hundred estimates. */
const growthBetweenEstimates = 1.02;

/**
 * An anytime-valid test by e-processes on effective counts bad / D and total / D.
 *
 * Pass: with D at least the design effect E[S²] / E[S] of bursts that arrive at random with sizes S of any
 * distribution, the likelihood ratio of effective counts is an e-process. Proof: the mean of (1 − e^(−sS/D)) / S
 * over size-biased S is at least its value at their mean, for it is convex (Jensen).
 *
 * Fail: half of alpha is for the same ratio in the other direction, half for the plain share: in any stationary
 * process the running bad share ever reaches c times its mean with a chance of at most 1 / c (maximal ergodic
 * inequality), however long bursts are.
 *
 * D is estimated along the way, so alpha is kept for certain only where the assumption covers the truth;
 * docs/calibration.md shows by how much otherwise.
 */
export function createShareTest(options: ShareTestOptions): ShareTest {
  const { alpha, failAlpha = alpha } = options;
  const assumedDesignEffect = Math.max(1, options.assumedDesignEffect ?? 1);
  const allowed = 1 - options.target;
  const slices = { total: [] as number[], bad: [] as number[] };
  const sum = { total: 0, bad: 0 };
  let filled = 0;
  let nextEstimateAt = 0;
  let decision: Decision | undefined;

  const decide = (found: ShareEvidence) => decisionOf(found, alpha, failAlpha);
  const evidence = () => {
    if (filled < leastSlices) return evidenceOf(sum, allowed, Number.POSITIVE_INFINITY);
    const level = 1 - (isAbove(sum, allowed) ? failAlpha : alpha);
    const dependence = dependenceOf(slices, { assumedDesignEffect });
    return evidenceOf(sum, allowed, cautiousDesignEffect(dependence, level));
  };
  return {
    add(total, bad) {
      slices.total.push(total);
      slices.bad.push(bad);
      sum.total += total;
      sum.bad += bad;
      if (total > 0) filled += 1;
      if (decision !== undefined || sum.total < nextEstimateAt) return decision;
      if (decide(evidenceAtMost(sum, allowed, assumedDesignEffect)) === undefined) return undefined;
      if (decide(evidenceOf(sum, allowed, assumedDesignEffect)) === undefined) return undefined;
      nextEstimateAt = sum.total * growthBetweenEstimates;
      decision = decide(evidence());
      return decision;
    },
    evidence,
  };
}

/** Ville: an e-value reaches 1 / alpha with a chance of at most alpha while its null hypothesis holds. */
function decisionOf(
  { logPass, logFail }: ShareEvidence,
  alpha: number,
  failAlpha: number,
): Decision | undefined {
  if (logPass >= -Math.log(alpha)) return 'pass';
  return logFail >= -Math.log(failAlpha) ? 'fail' : undefined;
}

function isAbove({ bad, total }: ShareCounts, allowed: number): boolean {
  return bad > total * allowed;
}

/** What the evidence is at most, at a hundredth of the cost; most looks end here. */
function evidenceAtMost(counts: ShareCounts, allowed: number, designEffect: number): ShareEvidence {
  if (counts.total === 0) return { logPass: 0, logFail: 0 };
  return onItsSide(counts, allowed, logMixtureAtMost(counts.bad, counts.total, allowed) / designEffect);
}

function evidenceOf(counts: ShareCounts, allowed: number, designEffect: number): ShareEvidence {
  if (counts.total === 0 || !Number.isFinite(designEffect)) return onItsSide(counts, allowed, 0);
  const effective = [counts.bad / designEffect, counts.total / designEffect] as const;
  const direction = isAbove(counts, allowed) ? 'worse' : 'better';
  return onItsSide(counts, allowed, logMixtureRatio(...effective, allowed, direction));
}

/** Only one side can have evidence: the one on which the observed share lies. */
function onItsSide({ bad, total }: ShareCounts, allowed: number, logRatio: number): ShareEvidence {
  if (!isAbove({ bad, total }, allowed)) return { logPass: logRatio, logFail: 0 };
  return { logPass: 0, logFail: Math.max(logRatio, Math.log(bad / (total * allowed))) - Math.LN2 };
}
