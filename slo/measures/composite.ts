/**
 * Several objectives that spend one error budget, as OpenSLO's composite SLO has it: each burns the common budget at
 * its own burn rate times its weight. The promise is kept while the sum is at most 1.
 */

import type { LoadPlan, Phase } from '../../profiles/types.ts';
import { phasesOf } from '../scope.ts';
import { formatValue } from '../sentences.ts';
import { confidence } from '../statistics/binomial.ts';
import { dependenceOf } from '../statistics/dependence.ts';
import { burnRate } from '../statistics/error-budget.ts';
import { goodShareAtLeast, goodShareAtMost } from '../statistics/share-bounds.ts';
import type { CompositeMember, PlainSli, Sli } from '../types.ts';
import { type EventDependence, eventDependence } from './dependence.ts';
import {
  type Context,
  type Counts,
  emptySlices,
  type Judged,
  type Measure,
  surelyExpected,
} from './measure.ts';

type CompositeSli = Sli & { measure: 'composite' };
type MeasureOf = (sli: PlainSli) => Measure<PlainSli>;

/** Burn rates: at 1 the error budget lasts exactly as long as its window. */
interface Burn {
  readonly seen: number;
  readonly atLeast: number;
  readonly atMost: number;
}

/** @param measureOf the measure of a member. */
export function compositeOver(measureOf: MeasureOf): Measure<CompositeSli> {
  return {
    events: 'events',
    // Its bounds are those of its members, together 95 % sure; there is no sample of its own to bound again.
    isCensus: () => true,
    count: (sli, phases, context) => count(sli, phases, context, measureOf),
    slices: (_sli, phases) => emptySlices(phases),
    expected: () => undefined,
    isIncomplete: (sli, context) => {
      const phases = phasesOf(context.plan, sli);
      return sli.members.some((member) => isMissing(member.sli, phases, context, measureOf));
    },
    reason: (judged) => reason(judged, measureOf),
  };
}

/** Whether a member has no events although they were due. */
function isMissing(sli: PlainSli, phases: readonly Phase[], context: Context, measureOf: MeasureOf): boolean {
  const measure = measureOf(sli);
  if (measure.count(sli, phases, context).total > 0) return false;
  const isDue = (measure.expected(sli, phases, context.plan) ?? 0) >= surelyExpected;
  return isDue || measure.missing?.(sli, context) !== undefined;
}

function count(
  { members }: CompositeSli,
  phases: readonly Phase[],
  context: Context,
  measureOf: MeasureOf,
): Counts {
  const counted = members.map((member) => sampleOf(member, phases, context, measureOf));
  const sum = (figure: (counts: Counts) => number) => counted.reduce((all, item) => all + figure(item), 0);
  const total = sum((item) => item.total);
  const burns = members.map((member, index) => burnOf(member, counted[index], members.length));
  // A burn rate as a bad share of the strictest target, so that it is compared like any other share.
  const allowed = 1 - Math.max(...members.map((member) => member.target));
  const [atLeast, atMost] = (['atLeast', 'atMost'] as const).map((bound) =>
    Math.min(1, allowed * together(members, burns, bound)),
  ) as [number, number];
  const bad = total * atLeast;
  return { total, bad, uncertain: total * atMost - bad, dropped: sum((item) => item.dropped) };
}

/**
 * Upper bound of the common burn rate after a run without a bad event; undefined if the plan does not tell how many
 * events some member will have. At most 1 can prove the promise.
 */
export function burnOfCleanRun(
  { members }: CompositeSli,
  phases: readonly Phase[],
  plan: LoadPlan,
  measureOf: MeasureOf,
): number | undefined {
  const burns: Burn[] = [];
  for (const member of members) {
    const measure = measureOf(member.sli);
    const isCensus = measure.isCensus(member.sli);
    const expected = isCensus ? 1 : measure.expected(member.sli, phases, plan);
    if (expected === undefined) return undefined;
    const total = Math.floor(expected);
    const ofBad = dependenceOf({ total: [total], bad: [0] });
    const counts = { total, bad: 0, uncertain: 0, dropped: 0 };
    burns.push(
      burnOf(
        member,
        isCensus ? counts : { ...counts, dependence: { ofBad, ofDoubtful: ofBad } },
        members.length,
      ),
    );
  }
  return together(members, burns, 'atMost');
}

function together(members: readonly CompositeMember[], burns: readonly Burn[], figure: keyof Burn): number {
  return members.reduce((sum, { weight }, index) => sum + weight * (burns[index]?.[figure] ?? 0), 0);
}

/** A member's counts, and how its failures hang together where they are a sample. */
interface Sample extends Counts {
  readonly dependence?: EventDependence;
}

function sampleOf(
  { sli }: CompositeMember,
  phases: readonly Phase[],
  context: Context,
  measureOf: MeasureOf,
): Sample {
  const measure = measureOf(sli);
  const counts = measure.count(sli, phases, context);
  if (measure.isCensus(sli)) return counts;
  return { ...counts, dependence: eventDependence(measure, sli, phases, counts, context) };
}

/**
 * Bounds of one member's burn rate. Each of `members` bounds may err with 5 % / members, so that all of them hold
 * together with 95 % (Bonferroni). Without data anything is possible.
 */
function burnOf({ target }: CompositeMember, sample: Sample | undefined, members: number): Burn {
  if (sample === undefined || sample.total === 0)
    return { seen: 0, atLeast: 0, atMost: burnRate(1, 1, target) };
  const { bad, uncertain, total, dependence } = sample;
  const seen = burnRate(bad, total, target);
  if (dependence === undefined)
    return { seen, atLeast: seen, atMost: burnRate(bad + uncertain, total, target) };
  const level = 1 - (1 - confidence) / members;
  const doubtful = { bad: bad + uncertain, total };
  return {
    seen,
    atLeast: burnRate(1 - goodShareAtMost(sample, dependence.ofBad, level), 1, target),
    atMost: burnRate(1 - goodShareAtLeast(doubtful, dependence.ofDoubtful, level), 1, target),
  };
}

function reason(judged: Judged<CompositeSli>, measureOf: MeasureOf): string {
  const { phases, context } = judged;
  const { members } = judged.sli;
  const burns = members.map((member) => {
    const sample = sampleOf(member, phases, context, measureOf);
    return { hasData: sample.total > 0, ...burnOf(member, sample, members.length) };
  });
  const parts = members.map(({ displayName, weight }, index) => {
    const burn = burns[index];
    return `${displayName}: ${burn?.hasData ? formatValue(weight * burn.seen) : 'no data'}`;
  });
  const [seen, atLeast, atMost] = (['seen', 'atLeast', 'atMost'] as const).map((figure) =>
    formatValue(together(members, burns, figure)),
  );
  const spent = `${seen} times the common error budget was spent (${parts.join('; ')})`;
  return `${spent}, at 95 % between ${atLeast} and ${atMost}; at most 1 was promised.`;
}
