/**
 * Seconds in which something is broken on purpose are not held against those that may fail with it: see docs/drills.md
 * and decision 10. All others are judged throughout; that is the promise that no component takes down another.
 */
import { type Measurements, probeStates, type SecondCounts } from '../measurements.ts';
import { allCallersOf, scenariosThrough } from './dependencies.ts';
import { recoveredAt } from './recovery.ts';
import type { DrillContext, EffectiveDrill } from './scope.ts';
import type { WatchedReading } from './seconds.ts';
import type { Excuse } from './types.ts';

/** From the fault's end: whoever takes longer than the promised mean of three minutes answers for what comes after. */
const recoveryAllowanceSeconds = 180;

/**
 * From the second in which the fault began to the one in which everything was good again, at most three minutes after
 * its end: the broken service, all that may fail with it, journeys and scenarios that pass them, and readings of data
 * that flows through the broken service, until they keep their own limit again.
 * @param overSecond where all that may fail was good again, or watching ended.
 */
export function excusesOf(drill: EffectiveDrill, overSecond: number, context: DrillContext): Excuse[] {
  const { mayFail, fromSecond, endSecond } = drill;
  const latest = Math.ceil(endSecond) + recoveryAllowanceSeconds;
  const window = { fromSecond: Math.floor(fromSecond), toSecond: Math.min(overSecond, latest) };
  const excuse = (kind: Excuse['kind'], name: string): Excuse => ({ kind, name, ...window });
  const passing = scenariosThrough(context.plan, mayFail);
  return [
    ...[...mayFail].map((name) => excuse('service', name)),
    ...passing.map(({ name }) => excuse('scenario', name)),
    ...passing.filter(({ kind }) => kind === 'journey').map(({ name }) => excuse('journey', name)),
    ...fedReadings(drill, context).map((item): Excuse => {
      const fresh = Math.ceil(recoveredAt([item], drill) ?? drill.untilSecond);
      return { ...excuse('reading', item.reading), toSecond: Math.min(Math.max(fresh, overSecond), latest) };
    }),
  ];
}

/** Readings of a service that may fail, or that the broken one feeds. */
function fedReadings({ mayFail, row }: EffectiveDrill, { watch, catalog }: DrillContext): WatchedReading[] {
  return watch
    .ofReadings()
    .filter(
      ({ objective: { service } }) =>
        mayFail.has(service) || allCallersOf(catalog, service).has(row.fault.service),
    );
}

/** Measurements as if nothing had been asked of the excused in their seconds. */
export function withoutExcused(measurements: Measurements, excuses: readonly Excuse[]): Measurements {
  if (excuses.length === 0) return measurements;
  const of = (kind: Excuse['kind'], name: string) =>
    excuses.filter((excuse) => excuse.kind === kind && excuse.name === name);
  const { requests, journeys, drops, probes, readings, latencyByRoute, latencyByJourney } = measurements;
  return {
    ...measurements,
    requests: requests.map((series) => cleared(series, of('service', series.service))),
    journeys: journeys.map((series) => cleared(series, of('journey', series.journey))),
    drops: drops.map((series) => cleared(series, of('scenario', series.scenario))),
    probes: probes.map((series) => ({
      ...series,
      states: cleared({ from: 0, counts: series.states }, of('service', series.service), probeStates.none)
        .counts,
    })),
    readings: readings.filter(({ reading, second }) => !of('reading', reading).some(holds(second))),
    // Histograms know phases, not seconds: what they alone could tell stays uncertain.
    latencyByRoute: latencyByRoute.filter(({ service }) => of('service', service).length === 0),
    latencyByJourney: latencyByJourney.filter(({ journey }) => of('journey', journey).length === 0),
  };
}

function cleared<S extends SecondCounts>(series: S, excuses: readonly Excuse[], to = 0): S {
  if (excuses.length === 0) return series;
  const counts = Array.from(series.counts, (count, index) =>
    excuses.some(holds(series.from + index)) ? to : count,
  );
  return { ...series, counts };
}

function holds(second: number): (excuse: Excuse) => boolean {
  return ({ fromSecond, toSecond }) => second >= fromSecond && second < toSecond;
}
