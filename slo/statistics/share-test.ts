/** A share of good events judged while it is measured, every second, and decided as soon as it can be. */
import { dependenceOf } from './dependence.ts';
import { logMixtureRatio } from './e-process.ts';
import { cautiousDesignEffect } from './share-bounds.ts';

export interface ShareTestOptions {
  /** Promised share of good events, in (0, 1). */
  readonly target: number;
  /** Chance of a wrong pass, and of a wrong fail, over all looks; for several objectives divided by the caller. */
  readonly alpha: number;
  /**
   * Failures come in bursts at most this strong (`Dependence`), 1 if absent. A test that may stop early relies on
   * it: a clean minute does not tell that bursts come once an hour.
   */
  readonly assumedDesignEffect?: number;
}

/** Log e-values of the last look; the test decides where one reaches its threshold. */
export interface ShareEvidence {
  readonly logPass: number;
  readonly logFail: number;
}

export interface ShareTest {
  /** Adds one second. What is decided stays decided; undefined as long as nothing is. */
  add(total: number, bad: number): 'pass' | 'fail' | undefined;
  evidence(): ShareEvidence;
}

/** Dependence is estimated anew once a run has grown by this factor: 86,400 looks cost a few hundred estimates. */
const growthBetweenEstimates = 1.02;

/**
 * An anytime-valid test by e-processes on effective counts bad / D and total / D.
 *
 * Pass: with D at least the design effect E[S²] / E[S] of bursts that arrive at random with sizes S of any
 * distribution, the likelihood ratio of effective counts is an e-process. Proof: the mean of (1 − e^(−sS/D)) / S
 * over size-biased S is at least its value at the mean of S, D, for it is convex (Jensen).
 *
 * Fail: half of alpha is for the same ratio in the other direction, half for the plain share: in any stationary
 * process the running bad share ever reaches c times its mean with a chance of at most 1 / c (maximal ergodic
 * inequality), however long bursts are.
 *
 * D is estimated along the way, so that alpha is kept exactly only where the assumption covers the truth;
 * docs/calibration.md shows by how much otherwise.
 */
export function createShareTest({ target, alpha, assumedDesignEffect = 1 }: ShareTestOptions): ShareTest {
  const allowed = 1 - target;
  const slices = { total: [] as number[], bad: [] as number[] };
  let total = 0;
  let bad = 0;
  let nextEstimateAt = 0;
  let evidence: ShareEvidence = { logPass: 0, logFail: 0 };
  let decision: 'pass' | 'fail' | undefined;

  const decide = () => {
    if (evidence.logPass >= -Math.log(alpha)) return 'pass';
    return evidence.logFail >= -Math.log(alpha) ? 'fail' : undefined;
  };
  return {
    add(events, badEvents) {
      slices.total.push(events);
      slices.bad.push(badEvents);
      total += events;
      bad += badEvents;
      if (decision !== undefined || total < nextEstimateAt) return decision;
      evidence = evidenceOf({ bad, total }, allowed, Math.max(1, assumedDesignEffect));
      if (decide() === undefined) return undefined;
      nextEstimateAt = total * growthBetweenEstimates;
      const dependence = dependenceOf(slices, { assumedDesignEffect });
      evidence = evidenceOf({ bad, total }, allowed, cautiousDesignEffect(dependence, 1 - alpha));
      decision = decide();
      return decision;
    },
    evidence: () => evidence,
  };
}

function evidenceOf(
  { bad, total }: { bad: number; total: number },
  allowed: number,
  designEffect: number,
): ShareEvidence {
  const logRatio = (direction: 'better' | 'worse') =>
    Number.isFinite(designEffect)
      ? logMixtureRatio(bad / designEffect, total / designEffect, allowed, direction)
      : Number.NEGATIVE_INFINITY;
  if (bad <= total * allowed) {
    return { logPass: total === 0 ? 0 : logRatio('better'), logFail: Number.NEGATIVE_INFINITY };
  }
  const logShare = Math.log(bad / (total * allowed));
  return {
    logPass: Number.NEGATIVE_INFINITY,
    logFail: Math.max(logRatio('worse'), logShare) - Math.LN2,
  };
}
