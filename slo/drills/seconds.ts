/** How a service stood second by second, seen through each of its objectives. */
import type { LoadPlan } from '../../profiles/types.ts';
import type { Measurements } from '../measurements.ts';
import { withDoubts } from '../measures/dependence.ts';
import { measureOf } from '../measures/index.ts';
import type { Context } from '../measures/measure.ts';
import { badShareAtLeast } from '../statistics/binomial.ts';
import { tally } from '../tally.ts';
import type { Objective } from '../types.ts';

/** Events of one objective: element 0 of the columns is second `from`. What may be bad counts as bad. */
export interface Watched {
  readonly objective: Objective;
  readonly from: number;
  readonly total: ArrayLike<number>;
  readonly bad: ArrayLike<number>;
}

export interface Counted {
  readonly total: number;
  readonly bad: number;
}

/** What an objective over a reading saw. */
export interface WatchedReading extends Watched {
  readonly reading: string;
}

/**
 * Every objective of a service over its requests and probes, or every one over a reading, as seconds. Dropped
 * iterations are left out: they lack a free virtual user, which says where visitors wait, not who fails.
 */
export class Watch {
  readonly #context: Context;
  readonly #objectives: readonly Objective[];
  readonly #known = new Map<Objective, Watched>();

  constructor(plan: LoadPlan, measurements: Measurements, objectives: readonly Objective[]) {
    this.#context = {
      plan,
      tally: tally(plan, { ...measurements, drops: [] }),
      assumedDesignEffect: 1,
      answersIn: () => [],
    };
    // What is promised only at some load is no measure of whether a service is itself again.
    this.#objectives = objectives.filter(({ sli }) => sli.atLeastMultiplier === undefined);
  }

  ofService(service: string): Watched[] {
    const own = this.#objectives.filter(
      ({ sli }) => (sli.measure === 'requests' || sli.measure === 'probes') && sli.service === service,
    );
    return own.map((objective) => this.#watched(objective));
  }

  /** Objectives over readings that are taken during the load. */
  ofReadings(): WatchedReading[] {
    return this.#objectives.flatMap((objective) => {
      const { sli } = objective;
      if (sli.measure !== 'readings' || sli.census) return [];
      return [{ ...this.#watched(objective), reading: sli.reading }];
    });
  }

  #watched(objective: Objective): Watched {
    const known = this.#known.get(objective);
    if (known !== undefined) return known;
    const { sli } = objective;
    const slices = measureOf(sli).slices(sli, this.#context.plan.phases, this.#context);
    const watched = { objective, from: slices.from, ...withDoubts(slices, 'doubtful') };
    this.#known.set(objective, watched);
    return watched;
  }
}

/** What an objective counted in seconds `fromSecond` up to, but not including, `toSecond`. */
export function countedBetween(watched: Watched, fromSecond: number, toSecond: number): Counted {
  let [total, bad] = [0, 0];
  for (let second = Math.max(fromSecond, watched.from); second < toSecond; second += 1) {
    total += watched.total[second - watched.from] ?? 0;
    bad += watched.bad[second - watched.from] ?? 0;
  }
  return { total, bad };
}

/** Chance of taking a sound second for a bad one, at most. */
const alphaOfSecond = 0.01;

/**
 * Whether these few events miss a target for more than bad luck: all of them are bad, or more than would be in one of
 * a hundred such samples of a service that just keeps its target (exact binomial test).
 */
export function isBad({ total, bad }: Counted, target: number): boolean {
  if (bad === 0) return false;
  return bad >= total || badShareAtLeast(bad, total, 1 - alphaOfSecond) > 1 - target;
}

export type SecondStanding = 'good' | 'bad' | 'silent';

/** One second seen by several objectives: bad if it is by any of them, silent without an event. */
export function standingAt(watched: readonly Watched[], second: number): SecondStanding {
  let hasEvents = false;
  for (const item of watched) {
    const counted = countedBetween(item, second, second + 1);
    if (isBad(counted, item.objective.target)) return 'bad';
    hasEvents ||= counted.total > 0;
  }
  return hasEvents ? 'good' : 'silent';
}

/** The first bad second from one on, before another. */
export function firstBad(
  watched: readonly Watched[],
  fromSecond: number,
  toSecond: number,
): number | undefined {
  for (let second = fromSecond; second < toSecond; second += 1) {
    if (standingAt(watched, second) === 'bad') return second;
  }
  return undefined;
}
