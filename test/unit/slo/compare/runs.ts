/** Synthetic runs of a shop of eight services whose truth is known: seeded, so that each test sees the same. */
import type { LoadPlan, Phase } from '../../../../profiles/types.ts';
import type { Catalog } from '../../../../scenarios/model.ts';
import type { ComparedRun } from '../../../../slo/compare/types.ts';
import type { LatencyByRoute, LatencySlice, RequestSeries } from '../../../../slo/measurements.ts';
import { seededRandom } from '../../../fixtures/report/random.ts';
import { histogramOf, nothingMeasured, objective } from '../fixtures.ts';

/** Who calls whom, and the mean service time in ms of reads and writes. */
const shop = {
  front: { calls: ['cart', 'products'], readMs: 60, writeMs: 60 },
  cart: { calls: ['products'], readMs: 40, writeMs: 70 },
  products: { calls: [], readMs: 25, writeMs: 25 },
  order: { calls: ['payment', 'cart'], readMs: 30, writeMs: 150 },
  payment: { calls: [], readMs: 20, writeMs: 90 },
  search: { calls: ['products'], readMs: 50, writeMs: 50 },
  mail: { calls: [], readMs: 35, writeMs: 45 },
  stock: { calls: [], readMs: 30, writeMs: 60 },
} as const;

export type ShopService = keyof typeof shop;
export const services = Object.keys(shop) as ShopService[];

export const catalog: Catalog = Object.fromEntries(
  services.map((name) => [
    name,
    {
      description: name,
      tier: 'critical',
      team: name,
      calls: shop[name].calls,
      edge: 'direct',
      health: `/${name}/health`,
      routes: {
        read: { method: 'GET', path: `/${name}`, kind: 'read', contract: { status: [200] } },
        write: { method: 'POST', path: `/${name}`, kind: 'write', contract: { status: [201] } },
      },
    },
  ]),
);

const warmUpSeconds = 5;

function phasesFor(seconds: number): Phase[] {
  const hold = { kind: 'hold', fromMultiplier: 1, toMultiplier: 1 } as const;
  return [
    { name: 'warmup', ...hold, startSecond: 0, endSecond: warmUpSeconds, role: 'warm-up' },
    { name: 'normal', ...hold, startSecond: warmUpSeconds, endSecond: seconds, role: 'judged' },
  ];
}

export function planFor(seconds: number): LoadPlan {
  const phases = phasesFor(seconds);
  return {
    version: 1,
    suite: 'shop',
    profile: 'steady',
    description: '',
    selected: false,
    seed: 1,
    environment: { name: 'test', scale: 1, baseUrls: {} },
    durationSeconds: seconds,
    stopAtFailure: false,
    phases,
    scenarios: services.map((service) => ({
      name: service,
      kind: 'service',
      service,
      arrival: [
        { second: 0, ratePerSecond: 10 },
        { second: seconds, ratePerSecond: 10 },
      ],
      vus: 5,
      traffic: {
        kind: 'service',
        service,
        description: service,
        iterationsPerSecondAt1x: 10,
        shape: 'proportional',
        thinkSeconds: 0,
        expectedLatencyMs: 50,
        actions: { go: { weight: 1, requests: { [`${service}.read`]: 0.6, [`${service}.write`]: 0.4 } } },
      },
      requestsPerIteration: { [`${service}.read`]: 0.6, [`${service}.write`]: 0.4 },
    })),
    limitsMs: {},
    journeyLimitsMs: {},
  };
}

export interface Truth {
  readonly seed: number;
  readonly seconds?: number;
  /** Requests of each service in a second. */
  readonly ratePerSecond?: number;
  /** Share of writes; 0.4 if absent. */
  readonly writeShare?: number;
  /** Factor on a service's own time, possibly changing over the run. */
  readonly slower?: Partial<Record<ShopService, number | ((second: number) => number)>>;
  /** Factor on everything: the machine's mood. */
  readonly machine?: number;
  /** Bad share of a service in a second. */
  readonly errors?: Partial<Record<ShopService, (second: number) => number>>;
}

/** A run as it would have been measured. Callers wait for their callees: a slow one slows them by its added time. */
export function runOf(truth: Truth): ComparedRun {
  const { seed, seconds = 65, ratePerSecond = 10, writeShare = 0.4, machine = 1, errors = {} } = truth;
  const { uniform: random } = seededRandom(seed);
  const plan = planFor(seconds);
  const values = new Map<string, number[]>();
  const latencySlices: LatencySlice[] = [];
  const requests: RequestSeries[] = [];
  for (const service of services) {
    const counts = new Map<string, number[]>();
    for (let second = 0; second < seconds; second++) {
      const phase = second < warmUpSeconds ? 'warmup' : 'normal';
      const inSecond: number[] = [];
      for (let i = 0; i < ratePerSecond; i++) {
        const kind = random() < writeShare ? 'write' : 'read';
        const mean = shop[service][`${kind}Ms`] + addedMs(truth, service, second, kind);
        const ms = machine * mean * (0.7 + 0.6 * random()) + 2 * random();
        const outcome = random() < (errors[service]?.(second) ?? 0) ? 'error' : 'ok';
        inSecond.push(ms);
        const key = `${kind} ${phase} ${outcome}`;
        const column = counts.get(key) ?? new Array<number>(seconds).fill(0);
        column[second] = (column[second] ?? 0) + 1;
        counts.set(key, column);
        const route = `${service}.${kind} ${phase}`;
        const known = values.get(route);
        if (known === undefined) values.set(route, [ms]);
        else known.push(ms);
      }
      latencySlices.push({ second, service, histogram: histogramOf(inSecond, 6) });
    }
    for (const [key, column] of counts) {
      const [kind, phase = '', outcome = ''] = key.split(' ');
      requests.push({ service, route: `${service}.${kind}`, phase, outcome, from: 0, counts: column });
    }
  }
  const latencyByRoute = [...values].map(([key, ms]): LatencyByRoute => {
    const [route = '', phase = ''] = key.split(' ');
    return { service: route.split('.')[0] ?? '', route, phase, histogram: histogramOf(ms, 6) };
  });
  return {
    id: `run-${seed}`,
    plan,
    catalog,
    objectives: services.map((service) =>
      objective({
        id: `${service}-availability`,
        service,
        sli: { measure: 'requests', service, routes: [`${service}.read`, `${service}.write`] },
      }),
    ),
    measurements: {
      ...nothingMeasured,
      measuredSeconds: seconds,
      requests,
      latencySlices,
      latencyByRoute,
    },
    toolVersions: { k6: '2.2.0' },
    host: 'linux x64, 2 cores',
  };
}

function addedMs(
  { slower = {} }: Truth,
  service: ShopService,
  second: number,
  kind: 'read' | 'write',
): number {
  const factor = slower[service] ?? 1;
  const own = shop[service][`${kind}Ms`] * ((typeof factor === 'number' ? factor : factor(second)) - 1);
  return shop[service].calls.reduce(
    (sum, callee) => sum + addedMs({ seed: 0, slower }, callee, second, 'read'),
    own,
  );
}
