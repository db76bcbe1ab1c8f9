/** Counts of an objective whose error budget counts time slices, from its events second by second. */
import type { LoadPlan, Phase } from '../profiles/types.ts';
import {
  type Badness,
  badnessOf,
  combineBadness,
  countBadness,
  type SecondSlices,
  secondsOf,
} from './budgeting.ts';
import { type Certainty, withDoubts } from './measures/dependence.ts';
import { measureOf } from './measures/index.ts';
import { type Context, type Counts, emptySlices } from './measures/measure.ts';
import { formatCount, formatCounted, type Nouns } from './sentences.ts';
import type { Slices } from './statistics/slices.ts';
import type { Objective, Sli, TimeSliceBudgeting } from './types.ts';

/** Time slices in place of events: how many, and which of them were bad, certainly and with what is uncertain. */
export interface TimeSlices {
  readonly counts: Counts;
  /** Slices without events, in none of the counts. */
  readonly empty: number;
  /** Of certain failures, slice by slice. */
  readonly badness: readonly Badness[];
  readonly ofBad: Slices;
  readonly ofDoubtful: Slices;
}

export function timeSlicesOf(
  { sli }: Pick<Objective, 'sli'>,
  budgeting: TimeSliceBudgeting,
  phases: readonly Phase[],
  context: Context,
): TimeSlices {
  const badness = (certainty: Certainty) => badnessIn(sli, budgeting, phases, context, certainty);
  const [certain, doubtful] = [badness('bad'), badness('doubtful')];
  const { total, bad, empty } = countBadness(certain);
  const uncertain = Math.max(0, countBadness(doubtful).bad - bad);
  return {
    counts: { total, bad, uncertain, dropped: 0 },
    ...{ empty, badness: certain },
    ofBad: oneEach(certain),
    ofDoubtful: oneEach(doubtful),
  };
}

function badnessIn(
  sli: Sli,
  budgeting: TimeSliceBudgeting,
  phases: readonly Phase[],
  context: Context,
  certainty: Certainty,
): Badness[] {
  if (sli.measure !== 'composite') {
    return badnessOf(withDoubts(measureOf(sli).slices(sli, phases, context), certainty), budgeting);
  }
  const members = sli.members.map((member) => ({
    weight: member.weight,
    badness: badnessIn(member.sli, member.budgeting ?? budgeting, phases, context, certainty),
  }));
  return combineBadness(members, budgeting.method);
}

function oneEach(badness: readonly Badness[]): Slices {
  return {
    total: badness.map((value) => (value === undefined ? 0 : 1)),
    bad: badness.map((value) => value ?? 0),
  };
}

/** "60-second slices". */
export function sliceNouns({ windowSeconds }: TimeSliceBudgeting): Nouns {
  return { events: `${windowSeconds}-second slices`, bad: 'bad slice', bads: 'bad slices' };
}

/** Whole time slices between the first of some phases and the end of the last. */
export function slicesIn(phases: readonly Phase[], { windowSeconds }: TimeSliceBudgeting): number {
  const from = Math.min(...phases.map(({ startSecond }) => startSecond));
  const to = Math.max(...phases.map(({ endSecond }) => endSecond));
  return Math.floor((to - from) / windowSeconds);
}

/** Events, or whole time slices where those are counted, that a plan brings on average; undefined if it does not say. */
export function expectedIn(
  { sli, budgeting }: Pick<Objective, 'sli' | 'budgeting'>,
  phases: readonly Phase[],
  plan: LoadPlan,
): number | undefined {
  return budgeting === undefined ? measureOf(sli).expected(sli, phases, plan) : slicesIn(phases, budgeting);
}

/** What no slice tells of: " 2 slices had no events. The last 15 s are no whole slice." Empty if there is no such thing. */
export function sliceGaps(
  { sli, budgeting }: Objective & { readonly budgeting: TimeSliceBudgeting },
  phases: readonly Phase[],
  context: Context,
): string {
  const { empty } = timeSlicesOf({ sli }, budgeting, phases, context);
  const leftOverSeconds = emptySlices(phases).total.length % budgeting.windowSeconds;
  return [
    ...(empty === 0 ? [] : [` ${formatCounted(empty, 'slice')} had no events.`]),
    ...(leftOverSeconds === 0 ? [] : [` The last ${formatCount(leftOverSeconds)} s are no whole slice.`]),
  ].join('');
}

/** The seconds of an objective's own budget: its events, or its time slices, each of which counts when it ends. */
export function budgetSecondsOf(
  { sli, budgeting }: Objective,
  phases: readonly Phase[],
  context: Context,
): SecondSlices & { readonly from: number } {
  if (budgeting === undefined) return measureOf(sli).slices(sli, phases, context);
  const { badness } = timeSlicesOf({ sli }, budgeting, phases, context);
  return { from: emptySlices(phases).from, ...secondsOf(badness, budgeting.windowSeconds) };
}
