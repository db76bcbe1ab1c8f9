/** Error budgets that count time slices (OpenSLO's Timeslices and RatioTimeslices), over one-second slices of events. */
import type { TimeSliceBudgeting } from './types.ts';

/** Events of consecutive seconds: element 0 is the first. */
export interface SecondSlices {
  readonly total: ArrayLike<number>;
  readonly bad: ArrayLike<number>;
}

/**
 * How bad one time slice was, 0 to 1: 0 or 1 for Timeslices, the share of bad events for RatioTimeslices.
 * Undefined without events: no data is neither good nor bad.
 */
export type Badness = number | undefined;

export interface TimeSliceCounts {
  /** Slices with events. */
  readonly total: number;
  /** Bad slices; for RatioTimeslices the sum of the slices' bad shares, hence seldom whole. */
  readonly bad: number;
  /** Slices without events, in neither of the above. */
  readonly empty: number;
}

/** The badness of each whole time slice, the first of which begins at element 0. */
export function badnessOf(slices: SecondSlices, budgeting: TimeSliceBudgeting): Badness[] {
  const { windowSeconds } = budgeting;
  const whole = Math.floor(slices.total.length / windowSeconds);
  return Array.from({ length: whole }, (_, index) => {
    let total = 0;
    let bad = 0;
    for (let second = index * windowSeconds; second < (index + 1) * windowSeconds; second += 1) {
      total += slices.total[second] ?? 0;
      bad += slices.bad[second] ?? 0;
    }
    if (total === 0) return undefined;
    if (budgeting.method === 'ratio-timeslices') return bad / total;
    return (total - bad) / total >= budgeting.sliceTarget ? 0 : 1;
  });
}

/** Counts time slices, as a verdict or an error budget needs them. */
export function countBadness(badness: readonly Badness[]): TimeSliceCounts {
  const known = badness.filter((value) => value !== undefined);
  return {
    total: known.length,
    bad: known.reduce((sum, value) => sum + value, 0),
    empty: badness.length - known.length,
  };
}

/**
 * Slices of a composite SLO. Timeslices: bad if any member's slice was. RatioTimeslices: what members miss adds up,
 * each times its weight, to at most all of it. A slice that lacks a member's data is known only if it is bad anyway.
 * @param members slices of one length that begin together.
 */
export function combineBadness(
  members: readonly { readonly badness: readonly Badness[]; readonly weight: number }[],
  method: TimeSliceBudgeting['method'],
): Badness[] {
  const length = Math.min(...members.map(({ badness }) => badness.length));
  return Array.from({ length }, (_, index) => {
    const parts = members.map(({ badness, weight }) => ({ badness: badness[index], weight }));
    const known = parts.filter((part) => part.badness !== undefined);
    const sum = known.reduce((total, { badness = 0, weight }) => total + badness * weight, 0);
    const combined = method === 'timeslices' ? Number(sum > 0) : Math.min(1, sum);
    return known.length === parts.length || combined === 1 ? combined : undefined;
  });
}

/** Time slices as seconds, so that a burn-rate alert can look back over them: each counts once, when it ends. */
export function secondsOf(badness: readonly Badness[], windowSeconds: number): SecondSlices {
  const total = new Float64Array(badness.length * windowSeconds);
  const bad = new Float64Array(total.length);
  badness.forEach((value, index) => {
    const end = (index + 1) * windowSeconds - 1;
    if (value === undefined) return;
    total[end] = 1;
    bad[end] = value;
  });
  return { total, bad };
}
