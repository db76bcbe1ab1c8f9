/** The gate's own sentence about what it decided. */
import { formatCount, formatCounted } from './sentences.ts';
import type { Decision, ObjectiveVerdict, Verdict } from './types.ts';

type Decided = Omit<Decision, 'summary'>;

/** @param blocking objectives that decide under the policy; those that are waived do not. */
export function decisionSummary(
  decided: Decided,
  verdict: Verdict,
  blocking: readonly ObjectiveVerdict[],
): string {
  const { outcome, because, waived } = decided;
  const total = formatCounted(blocking.length, 'objective');
  if (outcome === 'fail') return `${whatFailed(decided, total)}.${waivedSentence(decided)}`;
  if (blocking.length === 0) return `${nothingDecided(decided)}${waivedSentence(decided)}`;
  if (verdict.generator.saturated)
    return 'The load generator was saturated, so this run is no evidence either way.';
  if (outcome === 'pass') return whatPassed(decided, blocking);
  const [partial] = verdict.partial;
  const why =
    because.length > 0
      ? `${formatCount(because.length)} of ${total} could not be proven`
      : partial === undefined
        ? 'nothing was measured that one could be judged by'
        : `the run is partial: ${partial}`;
  const subject = waived.length === 0 ? 'No blocking objective failed' : 'No other blocking objective failed';
  return `${subject}, but ${why}.${waivedSentence(decided)}`;
}

function whatFailed({ because, policy, regressions }: Decided, total: string): string {
  const worse = formatCounted(regressions.blocking.length, 'regression');
  const against = `${worse} against the baseline, first in ${regressions.blocking[0]?.service}`;
  if (because.length === 0) return `No blocking objective failed, but there is ${against}`;
  const failed = `${formatCount(because.length)} of ${total} that block under policy ${policy.name} failed, ${because[0]} worst`;
  return regressions.blocking.length === 0 ? failed : `${failed}; also ${against}`;
}

function nothingDecided({ policy, waived }: Decided): string {
  const which =
    waived.length === 0 ? 'no objective of this run blocks' : 'every objective that blocks is waived';
  return `Nothing was decided: ${which} under policy ${policy.name}.`;
}

function whatPassed(decided: Decided, blocking: readonly ObjectiveVerdict[]): string {
  const { policy, tolerated, tooFewEvents, regressions, waived } = decided;
  const kept = blocking.filter(
    ({ answer, objective }) => answer === 'pass' && !tooFewEvents.includes(objective.id),
  ).length;
  const asides = [
    ...(tolerated.length === 0
      ? []
      : [`${formatCount(tolerated.length)} not proven or not blocking, tolerated`]),
    ...(regressions.tolerated.length === 0
      ? []
      : [`${formatCounted(regressions.tolerated.length, 'regression')} against the baseline, tolerated`]),
  ];
  const rest = asides.map((aside) => `; ${aside}`).join('');
  return `${formatCount(kept)} of ${formatCounted(blocking.length, 'objective')} that block under policy ${policy.name} are proven, ${waived.length === 0 ? 'none' : 'no other'} failed${rest}.${waivedSentence(decided)}`;
}

/** " 2 objectives that did not pass are waived: search-uptime and search-availability." */
function waivedSentence({ waived }: Decided): string {
  if (waived.length === 0) return '';
  const named = waived.slice(0, 3).map(({ objective }) => objective);
  const more = waived.length > named.length ? ' and more' : '';
  const are = waived.length === 1 ? 'is' : 'are';
  return ` ${formatCounted(waived.length, 'objective')} that did not pass ${are} waived: ${named.join(', ')}${more}.`;
}
