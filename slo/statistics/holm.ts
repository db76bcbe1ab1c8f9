/** Many objectives at once: one in twenty sound ones would be refuted by chance, and each would block a release. */
import { confidence } from './binomial.ts';

/** Whether a sample refutes its target at a confidence. */
export type IsRefutedAt = (confidence: number) => boolean;

/**
 * Confidence at which one of these samples must refute its target so that all refutations together hold with
 * `level`: Holm's step-down (1979), by bounds instead of p-values. "All must pass" needs no correction, so proofs
 * don't.
 */
export function refutationConfidence(samples: readonly IsRefutedAt[], level = confidence): number {
  let refuted = 0;
  for (;;) {
    const single = 1 - (1 - level) / Math.max(1, samples.length - refuted);
    const now = samples.filter((isRefutedAt) => isRefutedAt(single)).length;
    if (now === refuted) return single;
    refuted = now;
  }
}
