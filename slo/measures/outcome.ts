import type { Outcome } from '../measurements.ts';

export type Standing = 'good' | 'bad' | 'uncertain';

/**
 * What an outcome class says about a limit. `limitsMs` are those that were counted at the source, ascending:
 * a class is the interval from the limit before it to its own. A limit inside that interval leaves it uncertain,
 * and so does a stand-in's answer (`fallback`), whose time no class tells.
 */
export function standingOf(
  outcome: Outcome,
  underMs: number | undefined,
  limitsMs: readonly number[],
): Standing {
  const [fromMs, upToMs] = intervalOf(outcome, limitsMs);
  if (Number.isNaN(upToMs)) return 'bad';
  if (underMs === undefined || upToMs <= underMs) return 'good';
  return fromMs >= underMs ? 'bad' : 'uncertain';
}

/** Response times of a class, in ms; not a number for `error`. */
function intervalOf(outcome: Outcome, limitsMs: readonly number[]): [number, number] {
  if (outcome === 'ok' || outcome === 'fallback') return [0, Number.POSITIVE_INFINITY];
  const upToMs = outcome === 'slow' ? Number.POSITIVE_INFINITY : Number(outcome);
  const fromMs = limitsMs.filter((limit) => limit < upToMs).at(-1) ?? 0;
  return [fromMs, upToMs];
}
