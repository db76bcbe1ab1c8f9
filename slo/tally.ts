/** Measurements summed per phase: small, whatever the length of the run, so that every objective is cheap to judge. */
import type { LoadPlan } from '../profiles/types.ts';
import type { RouteKey } from '../scenarios/model.ts';
import { groupBy } from './group-by.ts';
import {
  type LatencyByRoute,
  type Measurements,
  type MetricSeries,
  type ProbeSeries,
  probeStates,
  type ReadingRow,
  type RequestSeries,
  type SecondCounts,
} from './measurements.ts';
import type { PageMeasurements } from './pages/types.ts';
import { totalOf } from './series.ts';

/** Counts by phase, subject (route, journey, scenario or service) and class. */
export type CountTable = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, number>>>;

export interface Tally {
  readonly requests: CountTable;
  readonly journeys: CountTable;
  /** Class is always `dropped`. */
  readonly drops: CountTable;
  /** Class is `good` or `bad`. */
  readonly probes: CountTable;
  readonly readings: readonly ReadingRow[];
  readonly metricSeries: readonly MetricSeries[];
  readonly measuredSeconds: number;
  /** Why this is only a part of the plan. */
  readonly partial: readonly string[];
  readonly latencyByRoute: readonly LatencyByRoute[];
  readonly latencyByJourney: Measurements['latencyByJourney'];
  /** Undefined if no browser was to tell anything. */
  readonly pages: PageMeasurements | undefined;
  /** The columns that the sums are of, for whoever asks when it happened. */
  readonly series: Pick<Measurements, 'journeys' | 'drops' | 'probes'>;
  /** Those of requests, by their route: a rehearsal has a hundred routes, and most objectives ask for one. */
  readonly requestSeries: ReadonlyMap<RouteKey, readonly RequestSeries[]>;
}

/** Sums measurements; a probe belongs to the phase of its second. */
export function tally(plan: LoadPlan, measurements: Measurements): Tally {
  return {
    requests: count(measurements.requests, (series) => [series.phase, series.route, series.outcome]),
    journeys: count(measurements.journeys, (series) => [series.phase, series.journey, series.outcome]),
    drops: count(measurements.drops, (series) => [series.phase, series.scenario, 'dropped']),
    probes: countProbes(plan, measurements.probes),
    readings: measurements.readings,
    metricSeries: measurements.series,
    measuredSeconds: measurements.measuredSeconds,
    partial: measurements.partial,
    latencyByRoute: measurements.latencyByRoute,
    latencyByJourney: measurements.latencyByJourney,
    pages: measurements.pages,
    series: measurements,
    requestSeries: groupBy(measurements.requests, ({ route }) => route),
  };
}

function count<T extends SecondCounts>(
  columns: readonly T[],
  keys: (series: T) => [string, string, string],
): CountTable {
  const table = new Map<string, Map<string, Map<string, number>>>();
  for (const series of columns) {
    const [phase, subject, kind] = keys(series);
    const classes = entry(entry(table, phase), subject);
    classes.set(kind, (classes.get(kind) ?? 0) + totalOf(series));
  }
  return table;
}

function countProbes(plan: LoadPlan, probes: readonly ProbeSeries[]): CountTable {
  const table = new Map<string, Map<string, Map<string, number>>>();
  for (const { name, startSecond, endSecond } of plan.phases) {
    for (const { service, states } of probes) {
      const classes = entry(entry(table, name), service);
      const end = Math.min(states.length, Math.ceil(endSecond));
      for (let second = Math.ceil(startSecond); second < end; second++) {
        const state = states[second];
        if (state === probeStates.none) continue;
        const kind = state === probeStates.bad ? 'bad' : 'good';
        classes.set(kind, (classes.get(kind) ?? 0) + 1);
      }
    }
  }
  return table;
}

function entry<K, K2, V>(table: Map<K, Map<K2, V>>, key: K): Map<K2, V> {
  const found = table.get(key) ?? new Map<K2, V>();
  table.set(key, found);
  return found;
}

const none: ReadonlyMap<string, number> = new Map();

/** The classes counted for one subject in one phase; empty if nothing was seen. */
export function classesOf(table: CountTable, phase: string, subject: string): ReadonlyMap<string, number> {
  return table.get(phase)?.get(subject) ?? none;
}

/** Name of the phase that a second of the plan lies in; empty after its end. */
export function phaseAt(plan: LoadPlan, second: number): string {
  return plan.phases.find((phase) => second >= phase.startSecond && second < phase.endSecond)?.name ?? '';
}
