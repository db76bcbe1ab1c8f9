/** One objective's judgements, over the run and in each phase, as its verdict with the reason in words. */
import type { Judgement } from './judge.ts';
import { measureOf } from './measures/index.ts';
import type { Context } from './measures/measure.ts';
import { smallestTotalThatProves } from './statistics/binomial.ts';
import { burnRate } from './statistics/error-budget.ts';
import type { ObjectiveVerdict, PhaseAnswer } from './types.ts';

/** With ten events expected, none at all has a probability of e^-10: data that was due is missing. */
const surelyExpected = 10;

export function verdictOf(
  whole: Judgement,
  phases: readonly PhaseAnswer[],
  context: Context,
): ObjectiveVerdict {
  const { objective, answer, evidence } = whole;
  const verdict = { objective, answer, evidence, phases };
  if (evidence.total === 0) return { ...verdict, ...withoutData(whole, context) };
  const { sli, target } = objective;
  const neededTotal = neededFor(whole);
  const needed = neededTotal === undefined ? {} : { neededTotal };
  const judged = { sli, target, answer, evidence, phases: whole.phases, context, ...needed };
  return { ...verdict, reason: measureOf(sli).reason(judged), ...needed, ...budgetOf(whole) };
}

function withoutData(
  { objective, phases, error }: Judgement,
  context: Context,
): Pick<ObjectiveVerdict, 'reason' | 'dataMissing'> {
  const { sli } = objective;
  if (error !== undefined) return { reason: `Could not be judged: ${error}.` };
  if (phases.length === 0) {
    return { reason: `Not judged: this profile never holds ${sli.atLeastMultiplier ?? 1}x.` };
  }
  const measure = measureOf(sli);
  const cause = measure.missing?.(sli, context);
  if (cause !== undefined) return { reason: `No data: ${cause}.`, dataMissing: true };
  const seen = `No data: no ${measure.events} were measured`;
  if (measure.isCensus(sli)) return { reason: `${seen}.` };
  const expected = measure.expected(sli, phases, context.plan) ?? 0;
  if (expected < surelyExpected) return { reason: `${seen} in the judged phases.` };
  const due = `${seen} in the judged phases, though the plan brings about ${Math.round(expected)}.`;
  return { reason: due, dataMissing: true };
}

/** More clean events are what a sample lacks; a census lacks nothing that more of it could bring. */
function neededFor({ objective: { sli, target }, answer, evidence }: Judgement): number | undefined {
  if (answer !== 'inconclusive' || measureOf(sli).isCensus(sli)) return undefined;
  return smallestTotalThatProves(target, evidence.bad + (evidence.uncertain ?? 0));
}

/** A run's own error budget is (1 − target) of its events, so the share spent and the burn rate are one figure. */
function budgetOf({
  objective: { sli, target },
  evidence: { bad, total },
}: Judgement): Pick<ObjectiveVerdict, 'budgetSpentShare' | 'burnRate'> {
  if (measureOf(sli).isCensus(sli)) return {};
  const rate = burnRate(bad, total, target);
  return { budgetSpentShare: rate, burnRate: rate };
}
