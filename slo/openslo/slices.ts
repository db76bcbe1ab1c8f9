/** Budgeting by time slices: what an objective says about them. */
import { secondsPerDay } from '../statistics/error-budget.ts';
import type { Sli, TimeSliceBudgeting } from '../types.ts';
import { parseDuration } from './durations.ts';
import type { Place } from './findings.ts';
import type { SloObjective, SloSpec } from './schema.ts';

export type BudgetingMethod = NonNullable<SloSpec['budgetingMethod']>;

/** The method of an SLO; the official text has an example without it. */
export function methodOf({ budgetingMethod }: SloSpec, place: Place): BudgetingMethod {
  if (budgetingMethod === undefined) place.tolerate('name the budgetingMethod', { assumed: 'Occurrences' });
  return budgetingMethod ?? 'Occurrences';
}

/** Undefined for Occurrences, and if what is wrong was told at the objective. */
export function budgetingOf(
  objective: SloObjective,
  method: BudgetingMethod,
  windowDays: number,
  place: Place,
): TimeSliceBudgeting | undefined {
  const { timeSliceTarget: sliceTarget, timeSliceWindow } = objective;
  if (method === 'Occurrences') {
    for (const field of ['timeSliceTarget', 'timeSliceWindow'] as const) {
      if (objective[field] !== undefined) place.at(field).tolerate('Occurrences counts no time slices');
    }
    return undefined;
  }
  const windowSeconds = secondsOf(timeSliceWindow, method, place);
  if (windowSeconds !== undefined && windowSeconds * 2 > windowDays * secondsPerDay) {
    place.at('timeSliceWindow').tolerate('the time window holds fewer than two time slices (m is a minute)');
  }
  if (method === 'RatioTimeslices') {
    if (sliceTarget !== undefined) {
      place
        .at('timeSliceTarget')
        .tolerate('RatioTimeslices takes the mean of slices and has no target for one');
    }
    return windowSeconds === undefined ? undefined : { method: 'ratio-timeslices', windowSeconds };
  }
  if (sliceTarget === undefined) place.error('Timeslices needs timeSliceTarget, above 0 and at most 1');
  return sliceTarget === undefined || windowSeconds === undefined
    ? undefined
    : { method: 'timeslices', windowSeconds, sliceTarget };
}

/** A census and the capacity promise are counted once a run, which is no series of slices. */
export function checkSliceable(sli: Sli | undefined, method: BudgetingMethod, place: Place): void {
  if (method === 'Occurrences') return;
  const isCountedOnce =
    sli?.measure === 'drills' ||
    sli?.measure === 'objectives' ||
    sli?.measure === 'page-load' ||
    (sli?.measure === 'readings' && sli.census);
  if (isCountedOnce) place.error(`${sli.measure} are counted once a run: budget them by Occurrences`);
}

function secondsOf(
  window: SloObjective['timeSliceWindow'],
  method: BudgetingMethod,
  place: Place,
): number | undefined {
  if (window === undefined) {
    place.error(`${method} needs timeSliceWindow, for example 1m`);
    return undefined;
  }
  if (typeof window === 'string') return parseDuration(window).seconds;
  // The notes of the standard allow a bare number of minutes, its schema and the SDK do not.
  place.at('timeSliceWindow').tolerate('a number has no unit', { assumed: `${window} minutes` });
  return window * 60;
}
