/** The port of a measure: how the events behind one kind of objective are counted and told. */
import type { LoadPlan, Phase } from '../../profiles/types.ts';
import type { Tally } from '../tally.ts';
import type { Answer, Evidence, Sli } from '../types.ts';

/** Events of some phases. `total` and `bad` include `dropped`; `uncertain` events may be good or bad. */
export interface Counts {
  readonly total: number;
  readonly bad: number;
  readonly dropped: number;
  readonly uncertain: number;
  readonly lowest?: number;
  readonly highest?: number;
}

export interface Context {
  readonly plan: LoadPlan;
  readonly tally: Tally;
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
  readonly context: Context;
}

export interface Measure<S extends Sli> {
  /** Plural of what is counted, for sentences. */
  readonly events: string;
  /** True if the events are the whole truth of the run, so that shares are compared without bounds. */
  isCensus(sli: S): boolean;
  count(sli: S, phases: readonly Phase[], context: Context): Counts;
  /** Events that the plan brings on average; undefined if the plan does not say. */
  expected(sli: S, phases: readonly Phase[], plan: LoadPlan): number | undefined;
  /** Why there are no events, in words, if the measure itself can tell; they were due then. */
  missing?(sli: S, context: Context): string;
  /** One sentence for an answer that rests on data. */
  reason(judged: Judged<S>): string;
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
