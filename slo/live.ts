/** Looks at a run that is still going on: warnings and stops, never verdicts. */
import type { LoadPlan } from '../profiles/types.ts';
import type { Catalog } from '../scenarios/model.ts';
import { contextOf } from './context.ts';
import { judgeDrills, outsideDrills } from './drills/judge-drills.ts';
import { isHeld } from './held.ts';
import { type Judgement, judge } from './judge.ts';
import type { Measurements } from './measurements.ts';
import { measureOf } from './measures/index.ts';
import { asksOf, concerns, phasesOf } from './scope.ts';
import { expectedIn } from './time-slices.ts';
import type { Objective } from './types.ts';

/** An objective is at risk from this share of the whole run's error budget on. */
const riskyBudgetShare = 0.5;

/** Ids of objectives by how they stand now; one without any data yet is in none of these. */
export interface Standing {
  readonly held: readonly string[];
  /** Not refuted, but more than half of the error budget that the whole plan gives is spent. */
  readonly atRisk: readonly string[];
  /** It would fail if the run ended now. */
  readonly broken: readonly string[];
}

/** Prepares what does not change during a run, and returns the look at the measurements so far. */
export function watchObjectives(
  plan: LoadPlan,
  objectives: readonly Objective[],
  catalog?: Catalog,
): (soFar: Measurements) => Standing {
  const watched = objectives
    .filter((objective) => concerns(plan, objective))
    .map((objective) => ({ objective, phases: phasesOf(plan, objective.sli) }))
    .map((item) => ({ ...item, budget: budgetOfPlan(plan, item.objective, item.phases) }));
  return (soFar) => {
    const standing = { held: [] as string[], atRisk: [] as string[], broken: [] as string[] };
    const judged = outsideDrills(soFar, judgeDrills(plan, soFar, objectives, catalog));
    judge(watched, contextOf(plan, judged, objectives)).forEach((judgement, index) => {
      const state = standingOf(judgement, watched[index]?.budget ?? 0);
      if (state !== undefined) standing[state].push(judgement.objective.id);
    });
    return standing;
  };
}

function standingOf({ answer, evidence }: Judgement, budget: number): keyof Standing | undefined {
  if (answer === 'fail') return 'broken';
  if (evidence.bad > 0 && evidence.bad > budget * riskyBudgetShare) return 'atRisk';
  return evidence.total > 0 ? 'held' : undefined;
}

/** Bad events that the whole plan allows; endless where the plan does not tell how many events there will be. */
function budgetOfPlan(plan: LoadPlan, objective: Objective, phases: ReturnType<typeof phasesOf>): number {
  const expected = expectedIn(objective, phases, plan);
  return expected === undefined ? Number.POSITIVE_INFINITY : expected * (1 - objective.target);
}

/**
 * Whether a hold phase that has just ended kept every one of these (blocking) objectives, judged by this
 * phase alone: a profile that searches the breaking point stops at the first that did not. The question is
 * asked once per phase, so it is no repeated look at one sample.
 */
export function phaseHeld(
  plan: LoadPlan,
  objectives: readonly Objective[],
  measurements: Measurements,
  phaseName: string,
  catalog?: Catalog,
): boolean {
  const phase = plan.phases.find((item) => item.name === phaseName);
  if (phase === undefined) return false;
  const judged = outsideDrills(measurements, judgeDrills(plan, measurements, objectives, catalog));
  const context = contextOf(plan, judged, objectives);
  const questions = objectives
    .filter((objective) => concerns(plan, objective) && asksOf(objective.sli, phase))
    .filter(({ sli }) => !measureOf(sli).isCensus(sli))
    .map((objective) => ({ objective, phases: [phase] }));
  const answers = judge(questions, context).map(({ answer }) => ({ phase: phaseName, answer }));
  return isHeld(phase, plan, judged, answers);
}
