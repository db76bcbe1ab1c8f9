/** The port of a measure: how the events behind one kind of objective are counted and told. */
import type { LoadPlan, Phase } from '../../profiles/types.ts';
import type { DrillReport } from '../drills/types.ts';
import type { SecondCounts } from '../measurements.ts';
import { addTo } from '../series.ts';
import type { MeanInterval } from '../statistics/mean-interval.ts';
import type { Tally } from '../tally.ts';
import type { Answer, Evidence, Sli } from '../types.ts';
import type { Standing } from './outcome.ts';

/** Events of some phases. `total` and `bad` include `dropped`; `uncertain` events may be good or bad. */
export interface Counts {
  readonly total: number;
  readonly bad: number;
  readonly dropped: number;
  readonly uncertain: number;
  readonly lowest?: number;
  readonly highest?: number;
  readonly mean?: MeanInterval;
}

/** Events second by second: columns of one length, whose first second is `from`. */
export interface EventSlices {
  readonly from: number;
  readonly total: Float64Array;
  readonly bad: Float64Array;
  /** May be good or bad, and are not in `bad`. */
  readonly uncertain: Float64Array;
}

export interface Context {
  readonly plan: LoadPlan;
  readonly tally: Tally;
  /** How many failures are assumed to come together until this run's own show more; 1 is none. */
  readonly assumedDesignEffect: number;
  /** What came of the faults that the plan injects; absent where nothing was broken, or nobody asked yet. */
  readonly drills?: DrillReport;
  /** How the blocking objectives over requests and journeys stand in these phases alone. */
  answersIn(phases: readonly Phase[]): readonly { readonly id: string; readonly answer: Answer }[];
}

/** What a reason is made of. */
export interface Judged<S extends Sli> {
  readonly sli: S;
  readonly target: number;
  readonly phases: readonly Phase[];
  readonly answer: Answer;
  readonly evidence: Evidence;
  readonly neededTotal?: number;
  readonly suspected?: true;
  readonly context: Context;
}

/** What a measure found that judges by itself. */
export interface OwnAnswer {
  readonly answer: Answer;
  readonly evidence: Evidence;
}

export interface Measure<S extends Sli> {
  /** Plural of what is counted, for sentences. */
  readonly events: string;
  /** True if the events are the whole truth of the run, so that shares are compared without bounds. */
  isCensus(sli: S): boolean;
  count(sli: S, phases: readonly Phase[], context: Context): Counts;
  /** The same events by their seconds, as failures that come together say less. Not asked of a census. */
  slices(sli: S, phases: readonly Phase[], context: Context): EventSlices;
  /** The answer by itself, where it is no share of good events; `count` and `slices` are not asked then. */
  judge?(sli: S, target: number, phases: readonly Phase[], context: Context): OwnAnswer;
  /** Events that the plan brings on average; undefined if the plan does not say. */
  expected(sli: S, phases: readonly Phase[], plan: LoadPlan): number | undefined;
  /** Why there are no events, in words, if the measure itself can tell; they were due then. */
  missing?(sli: S, context: Context): string | undefined;
  /** Likewise, where nobody promised that there would be any: a policy may tolerate that. */
  absent?(sli: S, context: Context): string;
  /** Whether something that was due is missing although there are events; no policy tolerates that. */
  isIncomplete?(sli: S, context: Context): boolean;
  /** One sentence for an answer that rests on data. */
  reason(judged: Judged<S>): string;
}

/** With ten events expected, none at all has a probability of e^-10: data that was due is missing. */
export const surelyExpected = 10;

/** Columns without an event, from the first of some phases to the end of the last. */
export function emptySlices(phases: readonly Phase[]): EventSlices {
  const from = Math.floor(Math.min(...phases.map(({ startSecond }) => startSecond)));
  const length = Math.ceil(Math.max(...phases.map(({ endSecond }) => endSecond))) - from;
  const column = () => new Float64Array(phases.length === 0 ? 0 : length);
  return { from, total: column(), bad: column(), uncertain: column() };
}

/** Adds a column of events of one standing. */
export function addSlices(slices: EventSlices, series: SecondCounts, standing: Standing): void {
  addTo(slices.total, slices.from, series);
  if (standing !== 'good') addTo(slices[standing], slices.from, series);
}

/** Adds the iterations that some scenarios dropped in some phases. */
export function addDrops(
  slices: EventSlices,
  { tally }: Context,
  phases: readonly Phase[],
  scenarios: readonly { readonly name: string }[],
): void {
  const inPhases = namesOf(phases);
  const onPath = namesOf(scenarios);
  for (const series of tally.series.drops) {
    if (inPhases.has(series.phase) && onPath.has(series.scenario)) addSlices(slices, series, 'bad');
  }
}

export function namesOf(named: readonly { readonly name: string }[]): ReadonlySet<string> {
  return new Set(named.map(({ name }) => name));
}

export function sumCounts(counts: Iterable<Counts>): Counts {
  let sum: Counts = { total: 0, bad: 0, dropped: 0, uncertain: 0 };
  for (const item of counts) {
    sum = {
      total: sum.total + item.total,
      bad: sum.bad + item.bad,
      dropped: sum.dropped + item.dropped,
      uncertain: sum.uncertain + item.uncertain,
    };
  }
  return sum;
}

/** Iterations that found no VU: each is one bad event of every objective on its scenario's path. */
export function droppedOf(
  tally: Tally,
  phases: readonly Phase[],
  scenarios: readonly { readonly name: string }[],
): Counts {
  let dropped = 0;
  for (const phase of phases) {
    for (const scenario of scenarios) {
      dropped += tally.drops.get(phase.name)?.get(scenario.name)?.get('dropped') ?? 0;
    }
  }
  return { total: dropped, bad: dropped, dropped, uncertain: 0 };
}
