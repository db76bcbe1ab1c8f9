/** Which objective to look at first. */
import type { Answer, ObjectiveVerdict, Sli } from './types.ts';

const byAnswer: Readonly<Record<Answer, number>> = { fail: 0, inconclusive: 1, pass: 2 };

/**
 * Failed before inconclusive before passed; among equals causes before consequences (a service before the
 * journeys that use it, these before figures of the whole system), then the widest gap to the target.
 */
export function worstFirst(verdicts: readonly ObjectiveVerdict[]): ObjectiveVerdict[] {
  return [...verdicts].sort(
    (a, b) =>
      byAnswer[a.answer] - byAnswer[b.answer] ||
      distanceFromCause(a.objective.sli) - distanceFromCause(b.objective.sli) ||
      gap(b) - gap(a) ||
      (a.objective.id < b.objective.id ? -1 : 1),
  );
}

function distanceFromCause(sli: Sli): number {
  switch (sli.measure) {
    case 'requests':
      return sli.service === undefined ? 3 : 0;
    case 'probes':
    case 'series':
    case 'vitals':
    case 'sessions':
    case 'page-load':
      return 0;
    case 'journeys':
    case 'composite':
      return 1;
    case 'readings':
    case 'drills':
      return 2;
    case 'objectives':
      return 4;
  }
}

/**
 * How far the good share certainly misses its target, in shares; for what is not refuted, how far its proof
 * does. Shares, not burn rates: a service that is wholly slow comes before one that sometimes fails
 * because of it, though the latter promised more nines.
 */
function gap({ answer, objective, evidence, decidedIn }: ObjectiveVerdict): number {
  const { sli } = objective;
  // A mean has no share: how far its bound lies beyond the limit, as a part of it.
  if (sli.measure === 'page-load') return (evidence.mean?.high ?? Number.POSITIVE_INFINITY) / sli.value - 1;
  const bound = answer === 'fail' ? (decidedIn?.evidence ?? evidence).upperBound : evidence.lowerBound;
  return objective.target - (bound ?? 0);
}
