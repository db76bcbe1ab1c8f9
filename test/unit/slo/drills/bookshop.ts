/** A shop to break: the store needs its shelf and can do without tips; mail stands apart. */
import type { FaultKind, PlannedFault } from '../../../../profiles/faults.ts';
import type { LoadPlan, PlannedScenario } from '../../../../profiles/types.ts';
import type { Catalog, Service } from '../../../../scenarios/model.ts';
import { evaluate } from '../../../../slo/evaluate.ts';
import type { DrillRow, Measurements, ReadingRow } from '../../../../slo/measurements.ts';
import type { Objective, ObjectiveVerdict, Verdict } from '../../../../slo/types.ts';
import { type JourneyRow, probeSeries, type RequestRow, seriesOf } from '../../../fixtures/series.ts';
import { nothingMeasured } from '../fixtures.ts';

function service(tier: Service['tier'], calls: readonly string[]): Service {
  const routes = { get: { method: 'GET', path: '/', kind: 'read', contract: { status: [200] } } } as const;
  return { description: '', tier, team: 'all', calls, edge: 'direct', health: '/health', routes };
}

export const catalog: Catalog = {
  store: service('critical', ['shelf', 'tips']),
  shelf: service('critical', []),
  tips: service('degradable', []),
  mail: service('standard', []),
};
const services = Object.keys(catalog);

export const objectives: readonly Objective[] = services.map((name) => ({
  id: `${name}-availability`,
  displayName: `${name} answers`,
  description: '',
  service: name,
  target: 0.99,
  windowDays: 30,
  sli: { measure: 'requests', service: name, routes: [`${name}.get`] },
  labels: {},
  source: { file: 'shop.yaml', line: 1 },
}));

export const runSeconds = 100;

function scenario(name: string, through: readonly string[]): PlannedScenario {
  const requests = Object.fromEntries(through.map((item) => [`${item}.get`, 1]));
  return {
    name,
    kind: name === 'visit' ? 'journey' : 'service',
    arrival: [
      { second: 0, ratePerSecond: 20 },
      { second: runSeconds, ratePerSecond: 20 },
    ],
    vus: 10,
    traffic: {
      kind: 'service',
      description: name,
      iterationsPerSecondAt1x: 20,
      shape: 'proportional',
      thinkSeconds: 0,
      expectedLatencyMs: 10,
      actions: { go: { weight: 1, requests } },
    },
    requestsPerIteration: requests,
  };
}

export function planWith(faults: readonly PlannedFault[], seconds = runSeconds): LoadPlan {
  return {
    version: 1,
    suite: 'bookshop',
    profile: 'recovery',
    description: '',
    selected: false,
    seed: 1,
    environment: { name: 'test', scale: 1, baseUrls: {} },
    durationSeconds: seconds,
    stopAtFailure: false,
    phases: [
      {
        name: 'peak',
        kind: 'hold',
        startSecond: 0,
        endSecond: seconds,
        fromMultiplier: 1,
        toMultiplier: 1,
        role: 'judged',
      },
    ],
    faults,
    scenarios: [scenario('visit', ['store', 'shelf']), ...services.map((name) => scenario(name, [name]))],
    limitsMs: {},
    journeyLimitsMs: {},
  };
}

/** A fault that goes as planned: injected on time, seen 0.5 s later, rolled back at its end. */
export function drill(
  service: string,
  startSecond: number,
  endSecond: number,
  changes: Partial<DrillRow> = {},
  kind: FaultKind = 'crash',
): DrillRow {
  return {
    fault: { id: `${service}-${kind}`, service, kind, startSecond, endSecond, parameters: {} },
    driver: 'sandbox',
    injectedSecond: startSecond,
    tookEffectSecond: startSecond + 0.5,
    rollBackSecond: endSecond,
    rolledBackSecond: endSecond,
    steadySecond: endSecond + 0.5,
    problems: [],
    ...changes,
  };
}

/** A drill of which only some steps came about. */
export function without(row: DrillRow, ...steps: readonly (keyof DrillRow)[]): DrillRow {
  const left = Object.entries(row).filter(([key]) => !steps.includes(key as keyof DrillRow));
  return Object.fromEntries(left) as unknown as DrillRow;
}

export interface Shop {
  readonly drills: readonly DrillRow[];
  /** Length of the run; 100 if absent. */
  readonly seconds?: number;
  /** Of 20 requests in a second, how many fail; none if absent. */
  readonly failing?: Readonly<Record<string, (second: number) => number>>;
  /** Services whose failures a stand-in answers. */
  readonly standIns?: readonly string[];
  /** Requests a second of a service; 20 if absent. */
  readonly rate?: Readonly<Record<string, number>>;
  readonly readings?: readonly ReadingRow[];
  readonly changes?: Partial<Measurements>;
}

export function measured({ drills, failing = {}, standIns = [], rate = {}, ...rest }: Shop): Measurements {
  const { seconds: length = runSeconds } = rest;
  const seconds = Array.from({ length }, (_, second) => second);
  const outcomes = (second: number, name: string, sent: number): [string, number][] => {
    const bad = Math.min(sent, failing[name]?.(second) ?? 0);
    return [
      ['ok', sent - bad],
      [standIns.includes(name) ? 'fallback' : 'error', bad],
    ];
  };
  const requests = seconds.flatMap((second) =>
    services.flatMap((name) =>
      outcomes(second, name, rate[name] ?? 20).map(
        ([outcome, count]): RequestRow => ({
          ...{ second, service: name, route: `${name}.get`, phase: 'peak', outcome, count },
        }),
      ),
    ),
  );
  const journeys = seconds.flatMap((second) => {
    const bad = Math.min(20, failing.store?.(second) ?? 0);
    const row = (outcome: string, count: number): JourneyRow => ({
      ...{ second, journey: 'visit', phase: 'peak', outcome, count },
    });
    return [row('ok', 20 - bad), row('error', bad)];
  });
  return {
    ...nothingMeasured,
    measuredSeconds: length,
    requests: seriesOf(requests),
    journeys: seriesOf(journeys),
    probes: probeSeries(seconds.map((second) => ({ second, service: 'mail', ok: true }))),
    readings: rest.readings ?? [],
    drills,
    ...rest.changes,
  };
}

/** Everything fails from one second up to another. */
export function down(fromSecond: number, toSecond: number, bad = 20): (second: number) => number {
  return (second) => (second >= fromSecond && second < toSecond ? bad : 0);
}

export function judged(shop: Shop, more: readonly Objective[] = [], declared: Catalog = catalog): Verdict {
  return evaluate({
    plan: planWith(
      shop.drills.map(({ fault }) => fault),
      shop.seconds,
    ),
    objectives: [...objectives, ...more],
    measurements: measured(shop),
    blocking: () => true,
    catalog: declared,
  });
}

export function verdictOn(verdict: Verdict, id: string): ObjectiveVerdict {
  const found = verdict.objectives.find(({ objective }) => objective.id === id);
  if (found === undefined) throw new Error(`no verdict on ${id}`);
  return found;
}
