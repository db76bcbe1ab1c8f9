/** One objective's verdict: its answer over the run and in each phase, with the reason in words. */
import type { Phase } from '../profiles/types.ts';
import { type Judgement, judge } from './judge.ts';
import { measureOf } from './measures/index.ts';
import type { Context } from './measures/measure.ts';
import { phasesOf } from './scope.ts';
import { smallestTotalThatProves } from './statistics/binomial.ts';
import { burnRate } from './statistics/error-budget.ts';
import type { Objective, ObjectiveVerdict, PhaseAnswer } from './types.ts';

/** With ten events expected, none at all has a probability of e^-10: data that was due is missing. */
const surelyExpected = 10;

/** Judges one objective; an error while judging makes it inconclusive, so that one never takes down the rest. */
export function verdictOf(objective: Objective, context: Context): ObjectiveVerdict {
  try {
    return judged(objective, context);
  } catch (error) {
    return unanswered(objective, `Could not be judged: ${error instanceof Error ? error.message : error}.`);
  }
}

function judged(objective: Objective, context: Context): ObjectiveVerdict {
  const phases = phasesOf(context.plan, objective.sli);
  const { atLeastMultiplier } = objective.sli;
  if (phases.length === 0 && atLeastMultiplier !== undefined) {
    return unanswered(objective, `Not judged: this profile never holds ${atLeastMultiplier}x.`);
  }
  const whole = judge(objective, phases, context);
  if (whole.evidence.total === 0) return withoutData(objective, phases, context);
  const neededTotal = neededFor(objective, whole);
  const measure = measureOf(objective.sli);
  const { sli, target } = objective;
  const needed = neededTotal === undefined ? {} : { neededTotal };
  return {
    objective,
    ...whole,
    reason: measure.reason({ sli, target, phases, ...whole, ...needed, context }),
    ...needed,
    ...budgetOf(objective, whole),
    phases: measure.isCensus(sli) ? [] : phases.map((phase) => phaseAnswer(objective, phase, context)),
  };
}

function phaseAnswer(objective: Objective, phase: Phase, context: Context): PhaseAnswer {
  const { answer, evidence } = judge(objective, [phase], context);
  return { phase: phase.name, answer, ...evidence };
}

/** More clean events are what a sample lacks; a census lacks nothing that more of it could bring. */
function neededFor({ sli, target }: Objective, { answer, evidence }: Judgement): number | undefined {
  if (answer !== 'inconclusive' || measureOf(sli).isCensus(sli)) return undefined;
  return smallestTotalThatProves(target, evidence.bad + (evidence.uncertain ?? 0));
}

/** A run's own error budget is (1 − target) of its events, so the share spent and the burn rate are one figure. */
function budgetOf(
  { sli, target }: Objective,
  { evidence: { bad, total } }: Judgement,
): Pick<ObjectiveVerdict, 'budgetSpentShare' | 'burnRate'> {
  if (measureOf(sli).isCensus(sli)) return {};
  const rate = burnRate(bad, total, target);
  return { budgetSpentShare: rate, burnRate: rate };
}

function withoutData(objective: Objective, phases: readonly Phase[], context: Context): ObjectiveVerdict {
  const measure = measureOf(objective.sli);
  const expected = measure.expected(objective.sli, phases, context.plan) ?? 0;
  const due = expected >= surelyExpected ? `, though the plan brings about ${Math.round(expected)}` : '';
  return {
    ...unanswered(objective, `No data: no ${measure.events} were measured in the judged phases${due}.`),
    phases: phases.map((phase) => phaseAnswer(objective, phase, context)),
    ...(due === '' ? {} : { dataMissing: true }),
  };
}

function unanswered(objective: Objective, reason: string): ObjectiveVerdict {
  const evidence = { total: 0, bad: 0, dropped: 0 };
  return { objective, answer: 'inconclusive', reason, evidence, phases: [] };
}
