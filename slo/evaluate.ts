/** Plan × objectives × measurements → Verdict. Pure: the same input gives the same bytes. */
import type { LoadPlan } from '../profiles/types.ts';
import type { Catalog } from '../scenarios/model.ts';
import { PeakproofError, problem } from '../scenarios/problem.ts';
import { contextOf } from './context.ts';
import { judgeDrills, outsideDrills } from './drills/judge-drills.ts';
import { judgeElasticity } from './elasticity/judge-elasticity.ts';
import { withElasticity } from './elasticity/readings.ts';
import { generatorHealth } from './generator.ts';
import { highestMultipleHeld } from './held.ts';
import { type Judgement, judge, type Question } from './judge.ts';
import type { Measurements } from './measurements.ts';
import { measureOf } from './measures/index.ts';
import type { Context } from './measures/measure.ts';
import { asksOf, concerns, phasesOf } from './scope.ts';
import { alphaOfLooks, sequentialAnswers } from './sequential.ts';
import type {
  Answer,
  GeneratorHealth,
  Objective,
  ObjectiveVerdict,
  PhaseAnswer,
  Sli,
  Verdict,
} from './types.ts';
import { verdictOf } from './verdict-of.ts';

export interface EvaluateInput {
  readonly plan: LoadPlan;
  readonly objectives: readonly Objective[];
  readonly measurements: Measurements;
  /** Whether an objective decides the run's answer, the capacity promise and the highest multiple held. */
  readonly blocking: (objective: Objective) => boolean;
  /** How many failures are assumed to come together until this run's own show more; 1, none, if absent. */
  readonly assumedDesignEffect?: number;
  /** What depends on what, to judge drills by; without it each service is taken to stand alone. */
  readonly catalog?: Catalog;
  /** Objectives by which drills are judged, where others than those that are asked for. */
  readonly witnesses?: readonly Objective[];
}

/**
 * Judges every objective that concerns the plan. One whose evaluation throws becomes inconclusive with the
 * error as its reason.
 * @throws PeakproofError NO_OBJECTIVES if there is nothing to judge: an empty run must not look clean.
 */
export function evaluate(input: EvaluateInput): Verdict {
  const { plan, objectives, measurements, blocking } = input;
  const concerned = objectives.filter((objective) => concerns(plan, objective));
  if (concerned.length === 0) throw new PeakproofError(problem('NO_OBJECTIVES', nothingToJudge(objectives)));
  const generator = generatorHealth(measurements, plan);
  const drills = judgeDrills(plan, measurements, input.witnesses ?? concerned, input.catalog);
  const elasticity = judgeElasticity(plan, measurements, input.witnesses ?? concerned);
  const judged = withElasticity(outsideDrills(measurements, drills), elasticity);
  const context = contextOf(plan, judged, concerned.filter(blocking), {
    assumedDesignEffect: input.assumedDesignEffect ?? 1,
    ...(drills && { drills }),
  });
  const wholes = judgeWhole(
    concerned.map((objective) => ({ objective, phases: phasesOf(plan, objective.sli) })),
    context,
    judged,
  );
  const answers = answersPerPhase(wholes, context);
  const broken = hasEndedEarly(plan, measurements) ? new Map() : brokenInPhases(wholes, context);
  const verdicts = wholes
    .map((whole) => broken.get(whole.objective) ?? whole)
    .map((judgement) => verdictOf(judgement, answers.get(judgement.objective) ?? [], context))
    .map((verdict) => (generator.saturated ? withdraw(verdict, generator) : verdict));
  const decisive = verdicts.filter((verdict) => blocking(verdict.objective));
  const answersInPhases = decisive.flatMap((verdict) => verdict.phases);
  const held = generator.saturated ? undefined : highestMultipleHeld(plan, judged, answersInPhases);
  return {
    version: 1,
    answer: worstOf(decisive.map((verdict) => verdict.answer)),
    objectives: verdicts,
    generator,
    partial: measurements.partial,
    ...(held === undefined ? {} : { highestMultipleHeld: held }),
    ...(drills && { drills }),
    ...(elasticity && { elasticity }),
  };
}

/**
 * By the bounds of one look at the end; a run that could end early was looked at all the time. It shares its error
 * between bounds and looks, and where it did end early only the looks count.
 */
function judgeWhole(
  questions: readonly Question[],
  context: Context,
  measurements: Measurements,
): Judgement[] {
  const { plan } = context;
  if (plan.early === undefined) return judge(questions, context);
  const byBounds = judge(questions, context, 1 - alphaOfLooks);
  const byLooks = sequentialAnswers(questions, context, measurements.measuredSeconds);
  const endedEarly = hasEndedEarly(plan, measurements);
  return byBounds.map((judgement) => {
    const { objective, answer, suspected, ...rest } = judgement;
    if (!byLooks.has(objective)) return judgement;
    const looked = byLooks.get(objective);
    if (!endedEarly && (answer !== 'inconclusive' || looked === undefined)) return judgement;
    return { ...rest, objective, answer: looked ?? 'inconclusive', atAnyTime: true };
  });
}

function hasEndedEarly({ early }: LoadPlan, { end }: Measurements): boolean {
  return early !== undefined && (end === 'stopped-at-failure' || end === 'stopped-when-decided');
}

function nothingToJudge(objectives: readonly Objective[]): string {
  return objectives.length === 0
    ? 'the suite has no objectives, so nothing can be kept or broken'
    : 'none of the objectives concerns the services or journeys that this run loads';
}

/** Each phase but the warm-up for itself: the objectives that it concerns, judged together. A census belongs to no phase. */
function answersPerPhase(wholes: readonly Judgement[], context: Context): Map<Objective, PhaseAnswer[]> {
  const answers = new Map<Objective, PhaseAnswer[]>();
  for (const phase of context.plan.phases) {
    const asked = wholes.filter(
      ({ objective: { sli } }) => asksOf(sli, phase) && !measureOf(sli).isCensus(sli),
    );
    const questions = asked.map(({ objective }) => ({ objective, phases: [phase] }));
    for (const { objective, answer, evidence } of judge(questions, context)) {
      const before = answers.get(objective) ?? [];
      answers.set(objective, [...before, { phase: phase.name, answer, ...evidence }]);
    }
  }
  return answers;
}

/**
 * A promise is made for every load, and failures under one load are lost among the good answers under all others:
 * an objective that is refuted in a single hold phase is broken. What that adds to the 5 % of false fails over the
 * run is at most 1 %, over all objectives and phases together.
 */
const confidenceOfPhases = 0.99;

function brokenInPhases(wholes: readonly Judgement[], context: Context): Map<Objective, Judgement> {
  const questions = wholes
    .filter(({ objective: { sli } }) => !measureOf(sli).isCensus(sli))
    .flatMap(({ objective, phases }) =>
      phases.filter(({ kind }) => kind === 'hold').map((phase) => ({ objective, phases: [phase] })),
    );
  const failed = judge(questions, context, confidenceOfPhases).filter(({ answer }) => answer === 'fail');
  const open = new Map(
    wholes.filter(({ answer }) => answer === 'inconclusive').map((whole) => [whole.objective, whole]),
  );
  const worst = new Map<Objective, Judgement>();
  for (const { objective, evidence, phases } of failed) {
    const whole = open.get(objective);
    const before = worst.get(objective)?.decidedIn?.evidence.upperBound ?? 1;
    if (whole === undefined || (evidence.upperBound ?? 1) >= before) continue;
    const { suspected, ...rest } = whole;
    worst.set(objective, { ...rest, answer: 'fail', decidedIn: { phase: phases[0]?.name ?? '', evidence } });
  }
  return worst;
}

/** Without a blocking objective nothing was decided. */
function worstOf(answers: readonly Answer[]): Answer {
  if (answers.includes('fail')) return 'fail';
  return answers.length === 0 || answers.includes('inconclusive') ? 'inconclusive' : 'pass';
}

/**
 * Keeps the figures, takes back the answer. Only a census that counted too much of something stands: an order
 * charged twice is so whatever the generator lacked, where too low a throughput, or a step of load that was not
 * held, may be the generator's doing.
 */
function withdraw(verdict: ObjectiveVerdict, { reasons }: GeneratorHealth): ObjectiveVerdict {
  if (verdict.answer === 'fail' && isExcess(verdict.objective.sli)) return verdict;
  return {
    ...verdict,
    answer: 'inconclusive',
    reason: `No evidence either way, because ${reasons.join(', and ')}. The figures would have said: ${verdict.reason}`,
    phases: verdict.phases.map((phase) => ({ ...phase, answer: 'inconclusive' })),
  };
}

function isExcess(sli: Sli): boolean {
  if (sli.measure !== 'readings' || !sli.census || sli.needs !== undefined) return false;
  return sli.op === 'lt' || sli.op === 'lte';
}
