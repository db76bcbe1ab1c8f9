/** Measurements summed per phase: small, whatever the length of the run, so that every objective is cheap to judge. */
import type { LoadPlan } from '../profiles/types.ts';
import type { LatencyByRoute, Measurements, ReadingRow } from './measurements.ts';

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
  readonly latencyByRoute: readonly LatencyByRoute[];
}

/** Sums measurements. One pass over the rows; a probe belongs to the phase of its second. */
export function tally(plan: LoadPlan, measurements: Measurements): Tally {
  return {
    requests: count(measurements.requests, (row) => [row.phase, row.route, row.outcome, row.count]),
    journeys: count(measurements.journeys, (row) => [row.phase, row.journey, row.outcome, row.count]),
    drops: count(measurements.drops, (row) => [row.phase, row.scenario, 'dropped', row.count]),
    probes: count(measurements.probes, (row) => [
      phaseAt(plan, row.second),
      row.service,
      row.ok ? 'good' : 'bad',
      1,
    ]),
    readings: measurements.readings,
    latencyByRoute: measurements.latencyByRoute,
  };
}

function count<T>(rows: readonly T[], keys: (row: T) => [string, string, string, number]): CountTable {
  const table = new Map<string, Map<string, Map<string, number>>>();
  for (const row of rows) {
    const [phase, subject, kind, amount] = keys(row);
    const classes = entry(entry(table, phase), subject);
    classes.set(kind, (classes.get(kind) ?? 0) + amount);
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
