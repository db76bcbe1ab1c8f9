/** Plan × objectives × measurements → Verdict. Pure: the same input gives the same bytes. */
import type { LoadPlan } from '../profiles/types.ts';
import { PeakproofError, problem } from '../scenarios/problem.ts';
import { generatorHealth } from './generator.ts';
import { highestMultipleHeld } from './held.ts';
import { judge } from './judge.ts';
import type { Measurements } from './measurements.ts';
import type { Context } from './measures/measure.ts';
import { concerns, phasesOf } from './scope.ts';
import { tally } from './tally.ts';
import type { Answer, GeneratorHealth, Objective, ObjectiveVerdict, Verdict } from './types.ts';
import { verdictOf } from './verdict-of.ts';

export interface EvaluateInput {
  readonly plan: LoadPlan;
  readonly objectives: readonly Objective[];
  readonly measurements: Measurements;
  /** Whether an objective decides the run's answer, the capacity promise and the highest multiple held. */
  readonly blocking: (objective: Objective) => boolean;
}

/**
 * Judges every objective that concerns the plan. One whose evaluation throws becomes inconclusive with the
 * error as its reason.
 * @throws PeakproofError NO_OBJECTIVES if there is nothing to judge: an empty run must not look clean.
 */
export function evaluate({ plan, objectives, measurements, blocking }: EvaluateInput): Verdict {
  const concerned = objectives.filter((objective) => concerns(plan, objective));
  if (concerned.length === 0) throw new PeakproofError(problem('NO_OBJECTIVES', nothingToJudge(objectives)));
  const generator = generatorHealth(measurements, plan);
  const context = contextOf(plan, measurements, concerned.filter(blocking));
  const verdicts = concerned.map((objective) => verdictOf(objective, context));
  const decisive = verdicts.filter((verdict) => blocking(verdict.objective));
  const answersInPhases = decisive.flatMap((verdict) => verdict.phases);
  const held = generator.saturated ? undefined : highestMultipleHeld(plan, measurements, answersInPhases);
  return {
    version: 1,
    answer: generator.saturated ? 'inconclusive' : worstOf(decisive.map((verdict) => verdict.answer)),
    objectives: generator.saturated ? verdicts.map((verdict) => withdraw(verdict, generator)) : verdicts,
    generator,
    partial: measurements.partial,
    ...(held === undefined ? {} : { highestMultipleHeld: held }),
  };
}

function nothingToJudge(objectives: readonly Objective[]): string {
  return objectives.length === 0
    ? 'the suite has no objectives, so nothing can be kept or broken'
    : 'none of the objectives concerns the services or journeys that this run loads';
}

/** What measures may look at: the capacity promise asks how its fellow objectives stand in its phases. */
export function contextOf(
  plan: LoadPlan,
  measurements: Measurements,
  blocking: readonly Objective[],
): Context {
  const fellows = blocking.filter(({ sli }) => sli.measure === 'requests' || sli.measure === 'journeys');
  const context: Context = {
    plan,
    tally: tally(plan, measurements),
    answersIn: (phases) => {
      const names = new Set(phases.map((phase) => phase.name));
      return fellows.map((objective) => {
        const own = phasesOf(plan, objective.sli).filter((phase) => names.has(phase.name));
        return { id: objective.id, answer: judge(objective, own, context).answer };
      });
    },
  };
  return context;
}

/** Without a blocking objective nothing was decided. */
function worstOf(answers: readonly Answer[]): Answer {
  if (answers.includes('fail')) return 'fail';
  return answers.length === 0 || answers.includes('inconclusive') ? 'inconclusive' : 'pass';
}

/** Keeps the figures, takes back the answer. */
function withdraw(verdict: ObjectiveVerdict, { reasons }: GeneratorHealth): ObjectiveVerdict {
  return {
    ...verdict,
    answer: 'inconclusive',
    reason: `No evidence either way, because ${reasons.join(', and ')}. The figures would have said: ${verdict.reason}`,
    phases: verdict.phases.map((phase) => ({ ...phase, answer: 'inconclusive' })),
  };
}
