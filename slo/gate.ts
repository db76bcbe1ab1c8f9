/** Verdict × policy → Decision: what a pipeline does next. */
import { exitCodes } from '../scenarios/problem.ts';
import { formatCount } from './sentences.ts';
import { worstFirst } from './severity.ts';
import type { Decision, Objective, ObjectiveVerdict, Policy, Verdict } from './types.ts';

/** An objective blocks if all labels of one of the policy's selectors match; an empty selector matches all. */
export function isBlocking(policy: Policy): (objective: Objective) => boolean {
  return ({ labels }) =>
    policy.blocking.some((selector) =>
      Object.entries(selector).every(([label, value]) => labels[label] === value),
    );
}

/**
 * Decides. A failed blocking objective fails the gate. What cannot be tolerated by any policy holds it: a
 * saturated generator, data that was due and is missing, failures that would refute a promise but for coming
 * in too few bursts, and a policy under which nothing blocks. The
 * policy says whether inconclusive objectives and partial runs do.
 */
export function gate(verdict: Verdict, policy: Policy): Decision {
  const ranked = worstFirst(verdict.objectives);
  const blocking = ranked.filter((item) => isBlocking(policy)(item.objective));
  const failed = blocking.filter((item) => item.answer === 'fail');
  const held = blocking.filter((item) => holds(item, policy));
  const outcome = failed.length > 0 ? 'fail' : mustHold(verdict, policy, blocking, held) ? 'hold' : 'pass';
  const because = outcome === 'fail' ? failed : outcome === 'hold' ? held : [];
  const tolerated = ranked.filter(
    (item) => item.answer !== 'pass' && !failed.includes(item) && !held.includes(item),
  );
  return {
    policy,
    outcome,
    exitCode: { pass: exitCodes.pass, fail: exitCodes.fail, hold: exitCodes.inconclusive }[outcome],
    because: because.map((item) => item.objective.id),
    tolerated: tolerated.map((item) => item.objective.id),
    summary: summaryOf(outcome, { verdict, policy, blocking, because, tolerated }),
  };
}

function holds(item: ObjectiveVerdict, policy: Policy): boolean {
  const isIntolerable = item.dataMissing === true || item.suspected === true;
  return item.answer === 'inconclusive' && (policy.inconclusive === 'hold' || isIntolerable);
}

function mustHold(
  verdict: Verdict,
  policy: Policy,
  blocking: readonly ObjectiveVerdict[],
  held: readonly ObjectiveVerdict[],
): boolean {
  const isPartial = verdict.partial.length > 0 && policy.partial === 'hold';
  return blocking.length === 0 || held.length > 0 || verdict.generator.saturated || isPartial;
}

interface Told {
  readonly verdict: Verdict;
  readonly policy: Policy;
  readonly blocking: readonly ObjectiveVerdict[];
  readonly because: readonly ObjectiveVerdict[];
  readonly tolerated: readonly ObjectiveVerdict[];
}

function summaryOf(outcome: Decision['outcome'], told: Told): string {
  const { verdict, policy, blocking, because, tolerated } = told;
  const total = objectives(blocking.length);
  if (outcome === 'fail') {
    return `${formatCount(because.length)} of ${total} that block under policy ${policy.name} failed, ${because[0]?.objective.id} worst.`;
  }
  if (blocking.length === 0)
    return `Nothing was decided: no objective of this run blocks under policy ${policy.name}.`;
  if (verdict.generator.saturated)
    return 'The load generator was saturated, so this run is no evidence either way.';
  if (outcome === 'hold' && because.length === 0)
    return `No blocking objective failed, but the run is partial: ${verdict.partial[0]}.`;
  if (outcome === 'hold')
    return `No blocking objective failed, but ${formatCount(because.length)} of ${total} could not be proven.`;
  const kept = blocking.filter((item) => item.answer === 'pass').length;
  const rest =
    tolerated.length === 0 ? '' : `; ${formatCount(tolerated.length)} not proven or not blocking, tolerated`;
  return `${formatCount(kept)} of ${total} that block under policy ${policy.name} are proven, none failed${rest}.`;
}

function objectives(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'objective' : 'objectives'}`;
}
