/** Counts of an objective whose error budget counts time slices, from its events second by second. */
import type { Phase } from '../profiles/types.ts';
import { type Badness, badnessOf, combineBadness, countBadness } from './budgeting.ts';
import { type Certainty, withDoubts } from './measures/dependence.ts';
import { measureOf } from './measures/index.ts';
import type { Context, Counts } from './measures/measure.ts';
import type { Nouns } from './sentences.ts';
import type { Slices } from './statistics/slices.ts';
import type { Objective, Sli, TimeSliceBudgeting } from './types.ts';

/** Time slices in place of events: how many, and which of them were bad, certainly and with what is uncertain. */
export interface TimeSlices {
  readonly counts: Counts;
  readonly ofBad: Slices;
  readonly ofDoubtful: Slices;
}

export function timeSlicesOf(
  { sli }: Objective,
  budgeting: TimeSliceBudgeting,
  phases: readonly Phase[],
  context: Context,
): TimeSlices {
  const badness = (certainty: Certainty) => badnessIn(sli, budgeting, phases, context, certainty);
  const [certain, doubtful] = [badness('bad'), badness('doubtful')];
  const { total, bad } = countBadness(certain);
  const uncertain = Math.max(0, countBadness(doubtful).bad - bad);
  return {
    counts: { total, bad, uncertain, dropped: 0 },
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
