/** Waivers: which objective they speak of, and until when. */
import { type Problem, problem } from '../scenarios/problem.ts';
import { selects } from './selectors.ts';
import type { Objective, Policy, Waived, Waiver } from './types.ts';

const msPerDay = 86_400_000;

/** The waiver that lets an objective through, if one does. */
export function waiverFor(
  { id, labels }: Pick<Objective, 'id' | 'labels'>,
  { waivers = [] }: Policy,
): Waived | undefined {
  const found = waivers.find(({ objective }) =>
    typeof objective === 'string' ? objective === id : selects(objective, { labels }),
  );
  if (found === undefined) return undefined;
  const { owner, reason, expires } = found;
  return { objective: id, owner, reason, expires };
}

/**
 * A WAIVER_EXPIRED problem for each waiver of the policy whose last day (UTC) is over.
 * @param nowMs ms since the epoch: of the run's creation where a run is judged under its own policy.
 */
export function expiredWaivers({ name, waivers = [] }: Policy, nowMs: number): Problem[] {
  return waivers
    .filter(({ expires }) => nowMs >= Date.parse(expires) + msPerDay)
    .map((waiver) =>
      problem(
        'WAIVER_EXPIRED',
        `policy ${name}: the waiver of ${waiver.owner} for ${subjectOf(waiver)} ended on ${waiver.expires}`,
        waiver.source,
      ),
    );
}

/** The objective's id, or its labels: `tier=critical, kind=latency`. */
function subjectOf({ objective }: Waiver): string {
  if (typeof objective === 'string') return objective;
  const labels = Object.entries(objective).map(([label, value]) => `${label}=${value}`);
  return labels.length === 0 ? 'every objective' : labels.join(', ');
}
