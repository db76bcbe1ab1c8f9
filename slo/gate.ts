/** Verdict × policy → Decision: what a pipeline does next. */
import { exitCodes, PeakproofError } from '../scenarios/problem.ts';
import { decisionSummary } from './decision-summary.ts';
import { measureOf } from './measures/index.ts';
import { sortRegressions } from './regressions.ts';
import { selects } from './selectors.ts';
import { worstFirst } from './severity.ts';
import type { Decision, Objective, ObjectiveVerdict, Policy, Regression, Verdict } from './types.ts';
import { expiredWaivers, waiverFor } from './waivers.ts';

/** An objective blocks if all labels of one of the policy's selectors match; an empty selector matches all. */
export function isBlocking(policy: Policy): (objective: Objective) => boolean {
  return (objective) => policy.blocking.some((selector) => selects(selector, objective));
}

export interface GateOptions {
  /** ms since the epoch, for the ends of waivers: the run's creation, where its own policy decides. */
  readonly nowMs: number;
  /** What a comparison with a baseline found. */
  readonly regressions?: readonly Regression[];
}

/**
 * Decides. A failed blocking objective or a regression that is not tolerated fails the gate, unless a waiver
 * lets the objective through. What cannot be tolerated by any policy holds it: a saturated generator, data
 * that was due and is missing, failures that would refute a promise but for coming in too few bursts, a policy
 * under which nothing blocks, and a run in which nothing was measured that does. The policy says whether inconclusive
 * objectives and partial runs do; a pass on fewer events than its least sample is inconclusive.
 * @throws PeakproofError WAIVER_EXPIRED.
 */
export function gate(verdict: Verdict, policy: Policy, { nowMs, regressions = [] }: GateOptions): Decision {
  const expired = expiredWaivers(policy, nowMs);
  if (expired.length > 0) throw new PeakproofError(expired);
  const { blocking, failed, held, tolerated, waived } = sortObjectives(verdict, policy);
  const objectives = verdict.objectives.map((item) => item.objective);
  const compared = sortRegressions(regressions, objectives, policy, isBlocking(policy));
  const isHeld = blocking.every(isWithoutData) || held.length > 0 || holdsAsAWhole(verdict, policy);
  const isWorse = compared.blocking.length > 0 && !verdict.generator.saturated;
  const isFailed = failed.length > 0 || isWorse;
  const outcome = isFailed ? 'fail' : isHeld ? 'hold' : 'pass';
  const because = outcome === 'fail' ? failed : outcome === 'hold' ? held : [];
  const decided = {
    policy,
    outcome,
    exitCode: { pass: exitCodes.pass, fail: exitCodes.fail, hold: exitCodes.inconclusive }[outcome],
    because: idsOf(because),
    tolerated: idsOf(tolerated),
    tooFewEvents: idsOf([...because, ...tolerated].filter((item) => hasTooFewEvents(item, policy))),
    waived,
    regressions: compared,
  } as const;
  return { ...decided, summary: decisionSummary(decided, verdict, blocking) };
}

/** What became of each objective, the worst first. `blocking` are those that decide: not those let through by name. */
function sortObjectives(verdict: Verdict, policy: Policy) {
  const blocks = isBlocking(policy);
  const ranked = worstFirst(verdict.objectives);
  const waiverOf = (item: ObjectiveVerdict) =>
    blocks(item.objective) && !isProven(item, policy) && item.dataMissing !== true
      ? waiverFor(item.objective, policy)
      : undefined;
  const waived = ranked.flatMap((item) => waiverOf(item) ?? []);
  const others = ranked.filter((item) => waiverOf(item) === undefined);
  const blocking = others.filter((item) => blocks(item.objective));
  const failed = blocking.filter((item) => item.answer === 'fail');
  const held = blocking.filter((item) => holds(item, policy));
  const tolerated = others.filter(
    (item) => !isProven(item, policy) && !failed.includes(item) && !held.includes(item),
  );
  return { blocking, failed, held, tolerated, waived };
}

function holds(item: ObjectiveVerdict, policy: Policy): boolean {
  const isIntolerable = item.dataMissing === true || item.suspected === true;
  const isOpen = item.answer !== 'fail' && !isProven(item, policy);
  return isOpen && (policy.inconclusive === 'hold' || isIntolerable);
}

function isProven(item: ObjectiveVerdict, policy: Policy): boolean {
  return item.answer === 'pass' && !hasTooFewEvents(item, policy);
}

/** Passed, on fewer events than the policy asks for. What is counted whole, or follows from others, is no sample. */
function hasTooFewEvents(
  { answer, objective: { sli }, evidence }: ObjectiveVerdict,
  { leastSample = 0 }: Policy,
): boolean {
  return answer === 'pass' && !measureOf(sli).isCensus(sli) && evidence.total < leastSample;
}

/** The capacity promise counts its fellow objectives: open ones are no measurement. */
function isWithoutData({ answer, objective: { sli }, evidence }: ObjectiveVerdict): boolean {
  return evidence.total === 0 || (sli.measure === 'objectives' && answer === 'inconclusive');
}

function holdsAsAWhole({ generator, partial }: Verdict, policy: Policy): boolean {
  return generator.saturated || (partial.length > 0 && policy.partial === 'hold');
}

function idsOf(verdicts: readonly ObjectiveVerdict[]): string[] {
  return verdicts.map(({ objective }) => objective.id);
}
