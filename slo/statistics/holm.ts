/** Many objectives at once: one in twenty sound ones would be refuted by chance, and each would block a release. */
import { badShareAtLeast, confidence } from './binomial.ts';
import type { Dependence } from './dependence.ts';
import { goodShareAtMost, type ShareCounts } from './share-bounds.ts';

export interface Sample extends ShareCounts {
  readonly target: number;
  /** Independent events if absent. */
  readonly dependence?: Dependence;
}

/**
 * Confidence at which one of these samples must refute its target so that all refutations together hold with
 * `level`: Holm's step-down (1979), by bounds instead of p-values. A sample is refuted if the upper bound of its
 * good share at the returned confidence misses the target. "All must pass" needs no correction, so proofs don't.
 */
export function refutationConfidence(samples: readonly Sample[], level = confidence): number {
  let refuted = 0;
  for (;;) {
    const single = 1 - (1 - level) / Math.max(1, samples.length - refuted);
    const now = samples.filter((sample) => upperBound(sample, single) < sample.target).length;
    if (now === refuted) return single;
    refuted = now;
  }
}

function upperBound({ dependence, ...counts }: Sample, level: number): number {
  return dependence === undefined
    ? 1 - badShareAtLeast(counts.bad, counts.total, level)
    : goodShareAtMost(counts, dependence, level);
}
