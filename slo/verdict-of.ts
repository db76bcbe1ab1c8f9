/** One objective's judgements, over the run and in each phase, as its verdict with the reason in words. */
import { replayAlert } from './alerts.ts';
import type { Judgement } from './judge.ts';
import { measureOf } from './measures/index.ts';
import { type Context, surelyExpected } from './measures/measure.ts';
import { sampleReason } from './sentences.ts';
import { burnRate } from './statistics/error-budget.ts';
import { totalThatProves } from './statistics/share-bounds.ts';
import { budgetSecondsOf, sliceGaps, sliceNouns, slicesIn } from './time-slices.ts';
import type { Objective, ObjectiveVerdict, PhaseAnswer } from './types.ts';

export function verdictOf(
  whole: Judgement,
  phases: readonly PhaseAnswer[],
  context: Context,
): ObjectiveVerdict {
  const { objective, answer, evidence, suspected, decidedIn, atAnyTime } = whole;
  const verdict = {
    ...{ objective, answer, evidence, phases },
    ...(suspected && { suspected }),
    ...(decidedIn && { decidedIn }),
    ...(atAnyTime && { atAnyTime }),
  };
  if (evidence.total === 0) return { ...verdict, ...withoutData(whole, context) };
  const { sli, target } = objective;
  const neededTotal = neededFor(whole);
  const needed = neededTotal === undefined ? {} : { neededTotal };
  const judged = { ...verdict, sli, target, phases: whole.phases, context, ...needed };
  const told = { ...judged, evidence: decidedIn?.evidence ?? evidence };
  const { budgeting } = objective;
  const reason =
    budgeting === undefined
      ? measureOf(sli).reason(told)
      : `${sampleReason(told, sliceNouns(budgeting))}${sliceGaps({ ...objective, budgeting }, whole.phases, context)}`;
  return {
    ...verdict,
    reason: `${preambleOf(whole)}${reason}`,
    ...needed,
    ...incompleteness(whole, context),
    ...budgetOf(whole),
    ...alertsOf(whole, context),
  };
}

function incompleteness(
  { objective: { sli }, answer }: Judgement,
  context: Context,
): Pick<ObjectiveVerdict, 'dataMissing'> {
  const isMissing = answer === 'inconclusive' && measureOf(sli).isIncomplete?.(sli, context) === true;
  return isMissing ? { dataMissing: true } : {};
}

/** What a reader must know before the figures. */
function preambleOf({ answer, decidedIn, atAnyTime }: Judgement): string {
  if (decidedIn !== undefined) return `In phase ${decidedIn.phase}: `;
  if (atAnyTime === undefined) return '';
  const decided = { pass: 'kept', fail: 'broken', inconclusive: 'not decided' }[answer];
  return `The run could end at any time, and a test that allows that says ${decided}. `;
}

function withoutData(
  { objective, phases, error }: Judgement,
  context: Context,
): Pick<ObjectiveVerdict, 'reason' | 'dataMissing'> {
  const { sli, budgeting } = objective;
  if (error !== undefined) return { reason: `Could not be judged: ${error}.` };
  if (phases.length === 0) {
    return { reason: `Not judged: this profile never holds ${sli.atLeastMultiplier ?? 1}x.` };
  }
  const measure = measureOf(sli);
  const cause = measure.missing?.(sli, context);
  if (cause !== undefined) return { reason: `No data: ${cause}.`, dataMissing: true };
  const absence = measure.absent?.(sli, context);
  if (absence !== undefined) return { reason: `No data: ${absence}.` };
  if (budgeting !== undefined && slicesIn(phases, budgeting) === 0) {
    return { reason: `No data: the judged phases are too short for ${sliceNouns(budgeting).events}.` };
  }
  const seen = `No data: no ${measure.events} were measured`;
  if (measure.isCensus(sli)) return { reason: `${seen}.` };
  const expected = measure.expected(sli, phases, context.plan) ?? 0;
  if (expected < surelyExpected) return { reason: `${seen} in the judged phases.` };
  const due = `${seen} in the judged phases, though the plan brings about ${Math.round(expected)}.`;
  return { reason: due, dataMissing: true };
}

/** Whether it is a sampled share of good events or time slices: only that has an error budget that burns. */
function isShare({ sli, budgeting }: Objective): boolean {
  if (budgeting !== undefined) return true;
  const measure = measureOf(sli);
  return !measure.isCensus(sli) && measure.judge === undefined;
}

/** What the objective's own burn-rate alerts would have done, over the judged seconds. */
function alertsOf({ objective, phases }: Judgement, context: Context): Pick<ObjectiveVerdict, 'alerts'> {
  const { target, alerts = [] } = objective;
  if (alerts.length === 0 || !isShare(objective)) return {};
  const slices = budgetSecondsOf(objective, phases, context);
  return {
    alerts: alerts.map((alert) => {
      const { firstFiringSecond, ...history } = replayAlert(slices, target, alert);
      // From the first judged second to the plan's.
      const fired =
        firstFiringSecond === undefined ? {} : { firstFiringSecond: firstFiringSecond + slices.from };
      return { name: alert.name, severity: alert.severity, ...fired, ...history };
    }),
  };
}

/** More clean events are what a sample lacks; a census lacks nothing that more of it could bring. */
function neededFor({ objective, answer, evidence, dependence }: Judgement): number | undefined {
  if (answer !== 'inconclusive' || dependence === undefined) return undefined;
  const { bad, uncertain = 0 } = evidence;
  return totalThatProves(objective.target, bad + uncertain, dependence.ofDoubtful);
}

/** A run's own error budget is (1 − target) of its events, so the share spent and the burn rate are one figure. */
function budgetOf({
  objective,
  evidence: { bad, total },
}: Judgement): Pick<ObjectiveVerdict, 'budgetSpentShare' | 'burnRate'> {
  if (!isShare(objective)) return {};
  const rate = burnRate(bad, total, objective.target);
  return { budgetSpentShare: rate, burnRate: rate };
}
