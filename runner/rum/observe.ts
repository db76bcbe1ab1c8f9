/** Real user monitoring alone: beacons are taken in and judged, and no load is sent. */
import type { LoadPlan } from '../../profiles/types.ts';
import { evaluate } from '../../slo/evaluate.ts';
import type { Measurements } from '../../slo/measurements.ts';
import type { Objective, Verdict } from '../../slo/types.ts';
import { everySeconds } from '../collect/every-seconds.ts';
import { startFaroReceiver } from '../collect/faro/receiver.ts';
import { BeaconTally } from '../collect/faro/tally.ts';
import { PageTables } from '../collect/page-tables.ts';

/** Whoever watches longer begins anew: what comes later would be left out. */
export const longestSeconds = 86_400;
const sliceSeconds = 60;

/** What was seen until now, and how the objectives over it stand. */
export interface Observed {
  readonly plan: LoadPlan;
  readonly measurements: Measurements;
  readonly verdict: Verdict;
}

export interface Observation {
  readonly url: string;
  readonly apiKey: string;
  readonly startedAtMs: number;
  soFar(): Observed;
  close(): Promise<void>;
}

/** Objectives over what beacons tell. */
export function pageObjectives(objectives: readonly Objective[]): Objective[] {
  const measures: ReadonlySet<string> = new Set(['page-load', 'vitals', 'sessions']);
  return objectives.filter(({ sli }) => measures.has(sli.measure));
}

/**
 * @param objectives at least one.
 * @throws PeakproofError PORT_IN_USE.
 */
export async function startObserving(
  suite: string,
  objectives: readonly Objective[],
  { port, apiKey }: { readonly port: number; readonly apiKey: string },
): Promise<Observation> {
  const startedAtMs = Date.now();
  const plan = observationPlan(suite);
  const tally = new BeaconTally();
  const tables = new PageTables(plan, sliceSeconds);
  const receiver = await startFaroReceiver({
    ...{ port, apiKey },
    keep: (beacon) => tally.add(beacon, Date.now()),
    onRejected: (cause) => tally.reject(cause),
  });
  const secondOf = (atMs: number) => Math.floor((atMs - startedAtMs) / 1000);
  const flush = (): void => {
    const record = tally.take(Date.now());
    if (record?.type === 'pages') tables.add(record, secondOf);
  };
  const stop = everySeconds(1, 0, flush);
  return {
    ...{ url: receiver.url, apiKey, startedAtMs },
    soFar: () => {
      flush();
      const measurements = measurementsOf(tables, startedAtMs, secondOf(Date.now()));
      return {
        plan,
        measurements,
        verdict: evaluate({ plan, objectives, measurements, blocking: () => true }),
      };
    },
    close: async () => {
      stop();
      await receiver.close();
    },
  };
}

function observationPlan(suite: string): LoadPlan {
  return {
    ...{ version: 1, suite, profile: 'observation', description: 'beacons only, no load' },
    ...{ selected: false, seed: 0, environment: { name: 'observed', scale: 1, baseUrls: {} } },
    ...{ durationSeconds: longestSeconds, stopAtFailure: false, scenarios: [] },
    ...{ limitsMs: {}, journeyLimitsMs: {} },
    phases: [
      {
        ...{ name: 'observed', kind: 'hold', startSecond: 0, endSecond: longestSeconds },
        ...{ fromMultiplier: 1, toMultiplier: 1, role: 'judged' },
      },
    ],
  };
}

function measurementsOf(tables: PageTables, startedAtMs: number, measuredSeconds: number): Measurements {
  const pages = tables.measurements();
  return {
    ...{ version: 1, startedAtMs, measuredSeconds, end: 'finished', partial: [], sliceSeconds },
    ...{ requests: [], journeys: [], drops: [], probes: [], readings: [], series: [] },
    ...{ latencyByRoute: [], latencyByJourney: [], latencySlices: [], generator: [] },
    ...{ drills: [], ledgers: [], reconciliation: [], overflowPoints: 0 },
    ...(pages === undefined ? {} : { pages }),
  };
}
