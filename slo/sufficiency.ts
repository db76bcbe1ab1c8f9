/** Before a run: can it prove what it is to judge? */
import type { LoadPlan } from '../profiles/types.ts';
import { burnOfCleanRun } from './measures/composite.ts';
import { measureOf } from './measures/index.ts';
import { concerns, drilledFaults, phasesOf } from './scope.ts';
import { formatCount, formatCounted, formatSeconds, formatTarget, formatValue } from './sentences.ts';
import { smallestTotalThatProves } from './statistics/binomial.ts';
import { expectedIn, sliceNouns } from './time-slices.ts';
import type { Objective, Sli } from './types.ts';

export interface Sufficiency {
  readonly objectiveId: string;
  /** Mean number of events that the plan brings; undefined if the plan does not determine it. */
  readonly expectedTotal?: number;
  /** Clean events that prove the target; undefined for what is compared exactly. */
  readonly neededTotal?: number;
  /** Seconds of load like that of its phases that would bring so many; undefined if nothing is expected. */
  readonly neededSeconds?: number;
  /** A run without a single bad event would prove it. */
  readonly enough: boolean;
  readonly note: string;
}

/** For each objective that concerns the plan, whether a clean run can suffice for a pass. */
export function sufficiency(plan: LoadPlan, objectives: readonly Objective[]): Sufficiency[] {
  return objectives
    .filter((objective) => concerns(plan, objective))
    .map((objective) => ({ objectiveId: objective.id, ...sufficiencyOf(plan, objective) }));
}

function sufficiencyOf(plan: LoadPlan, objective: Objective): Omit<Sufficiency, 'objectiveId'> {
  const { sli, target, budgeting } = objective;
  const phases = phasesOf(plan, sli);
  if (phases.length === 0) {
    return { enough: false, note: `this profile never holds ${sli.atLeastMultiplier ?? 1}x` };
  }
  const measure = measureOf(sli);
  if (sli.measure === 'objectives')
    return { enough: true, note: 'follows from the blocking objectives in these phases' };
  if (sli.measure === 'composite') {
    const burn = burnOfCleanRun(sli, phases, plan, measureOf);
    if (burn === undefined)
      return { enough: false, note: 'the plan does not tell how many events there will be' };
    return {
      enough: burn <= 1,
      note: `a clean run proves that at most ${formatValue(burn)} times the common error budget is spent`,
    };
  }
  if (sli.measure === 'drills') return drillsSuffice(plan, sli);
  if (measure.isCensus(sli)) return { enough: true, note: 'counted exactly after the load' };
  if (measure.judge !== undefined) {
    return { enough: false, note: `how many ${measure.events} it takes depends on how unlike they are` };
  }
  const neededTotal = smallestTotalThatProves(target);
  const expected = expectedIn(objective, phases, plan);
  if (expected === undefined) {
    return {
      neededTotal,
      enough: false,
      note: `the plan does not tell how many ${measure.events} there will be`,
    };
  }
  const events = budgeting === undefined ? measure.events : sliceNouns(budgeting).events;
  const expectedTotal = Math.floor(expected);
  const enough = expectedTotal >= neededTotal;
  const seconds = phases.reduce((sum, { startSecond, endSecond }) => sum + endSecond - startSecond, 0);
  const neededSeconds = Math.ceil((neededTotal * seconds) / expected);
  const lasting = Number.isFinite(neededSeconds) ? `: ${formatSeconds(neededSeconds)} of such load` : '';
  const needs = `${formatTarget(target)} needs ${formatCount(neededTotal)} clean ${events}${lasting}`;
  const note = enough ? needs : `${needs}; the plan brings about ${formatCount(expectedTotal)}`;
  return {
    ...{ expectedTotal, neededTotal, enough, note },
    ...(Number.isFinite(neededSeconds) ? { neededSeconds } : {}),
  };
}

/** A mean needs two figures to have a bound; otherwise every drill is compared by itself. */
function drillsSuffice(plan: LoadPlan, sli: Sli & { measure: 'drills' }): Omit<Sufficiency, 'objectiveId'> {
  const number = drilledFaults(plan, sli).length;
  const isMean = sli.figure === 'mean-time-to-recover';
  const note = `${formatCounted(number, 'drill')}${isMean ? '; a mean needs at least 2' : ', each counted by itself'}`;
  return { enough: !isMean || number >= 2, note };
}
