/**
 * Answers that stay valid however often one looks: a run that may end as soon as it is decided is looked at every
 * second, and a bound made for one look would pass or fail something by chance sooner or later.
 */
import type { LoadPlan, Phase } from '../profiles/types.ts';
import type { Catalog } from '../scenarios/model.ts';
import { contextOf } from './context.ts';
import { judgeDrills, outsideDrills } from './drills/judge-drills.ts';
import type { Measurements } from './measurements.ts';
import { concerns, phasesOf } from './scope.ts';
import { sequentialAnswers } from './sequential.ts';
import type { Objective } from './types.ts';

/** How a run that may end early stands. */
export interface EarlyStanding {
  /** Ids of objectives that are certainly broken. */
  readonly failed: readonly string[];
  /** Ids of objectives that are neither kept nor broken for certain. */
  readonly open: readonly string[];
}

/**
 * Prepares looks at these (blocking) objectives; `seconds` are those whose measurements have arrived. Objectives
 * that are counted after the load cannot be decided before its end, and do not keep a run from ending.
 */
export function watchEarly(
  plan: LoadPlan,
  objectives: readonly Objective[],
  assumedDesignEffect: number,
  catalog?: Catalog,
): (soFar: Measurements, seconds: number) => EarlyStanding {
  const questions = objectives
    .filter((objective) => concerns(plan, objective))
    .map((objective) => ({ objective, phases: phasesOf(plan, objective.sli) }))
    .filter(({ phases }) => phases.length > 0);
  return (soFar, seconds) => {
    const judged = outsideDrills(soFar, judgeDrills(plan, soFar, objectives, catalog));
    const context = contextOf(plan, judged, objectives, { assumedDesignEffect });
    const answers = sequentialAnswers(questions, context, seconds);
    const idsOf = (wanted: 'fail' | undefined) =>
      [...answers].filter(([, answer]) => answer === wanted).map(([{ id }]) => id);
    return { failed: idsOf('fail'), open: idsOf(undefined) };
  };
}

/** The last hold phase that is judged: a run that ends when decided ends in it, not before its load was seen. */
export function lastJudgedHold(plan: LoadPlan): Phase | undefined {
  return plan.phases.filter(({ role, kind }) => role === 'judged' && kind === 'hold').at(-1);
}
