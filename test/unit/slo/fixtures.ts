/** Small values that the tests of slo/ share. */
import type { LoadPlan, Phase, PlannedScenario } from '../../../profiles/types.ts';
import type { Catalog, RouteKey } from '../../../scenarios/model.ts';
import type { Measurements, Outcome, RequestSeries } from '../../../slo/measurements.ts';
import type { Objective } from '../../../slo/types.ts';

export { histogramOf } from '../../../slo/statistics/histogram-of.ts';

/** A shop of two services, small enough to count by hand. */
export const catalog = {
  till: {
    description: 'takes money',
    tier: 'critical',
    team: 'cashiers',
    calls: ['shelf'],
    edge: 'direct',
    health: '/till/health',
    routes: {
      pay: { method: 'POST', path: '/till', kind: 'write', contract: { status: [201] } },
      receipt: { method: 'GET', path: '/till/:id', kind: 'read', contract: { status: [200] } },
    },
  },
  shelf: {
    description: 'shows goods',
    tier: 'standard',
    team: 'floor',
    calls: [],
    edge: 'direct',
    health: '/shelf/health',
    routes: { look: { method: 'GET', path: '/shelf', kind: 'read', contract: { status: [200] } } },
  },
} as const satisfies Catalog;

/** 10 iterations a second at 1x each; the visit looks twice and pays once. */
function scenario(
  name: string,
  requests: Record<RouteKey, number>,
  phases: readonly Phase[],
): PlannedScenario {
  return {
    name,
    kind: name === 'visit' ? 'journey' : 'service',
    ...(name === 'visit' ? {} : { service: name }),
    arrival: phases.flatMap((phase) => [
      { second: phase.startSecond, ratePerSecond: 10 * phase.fromMultiplier },
      { second: phase.endSecond, ratePerSecond: 10 * phase.toMultiplier },
    ]),
    vus: 10,
    traffic: {
      kind: name === 'visit' ? 'journey' : 'service',
      description: name,
      iterationsPerSecondAt1x: 10,
      shape: 'proportional',
      thinkSeconds: 0,
      expectedLatencyMs: 20,
      actions: { go: { weight: 1, requests } },
    },
    requestsPerIteration: requests,
  };
}

const phases: readonly Phase[] = [
  hold('warmup', 0, 5, 1, 'warm-up'),
  hold('normal', 5, 15, 1),
  {
    name: 'rise',
    kind: 'ramp',
    startSecond: 15,
    endSecond: 20,
    fromMultiplier: 1,
    toMultiplier: 10,
    role: 'judged',
  },
  hold('peak', 20, 40, 10),
];

function hold(
  name: string,
  startSecond: number,
  endSecond: number,
  multiplier: number,
  role: Phase['role'] = 'judged',
): Phase {
  return {
    name,
    kind: 'hold',
    startSecond,
    endSecond,
    fromMultiplier: multiplier,
    toMultiplier: multiplier,
    role,
  };
}

export const plan: LoadPlan = {
  version: 1,
  suite: 'shop',
  profile: 'rush',
  description: 'a rush',
  selected: false,
  seed: 1,
  environment: { name: 'test', scale: 1, baseUrls: {} },
  durationSeconds: 40,
  stopAtFailure: false,
  phases,
  scenarios: [
    scenario('visit', { 'shelf.look': 2, 'till.pay': 1 }, phases),
    scenario('shelf', { 'shelf.look': 1 }, phases),
    scenario('till', { 'till.receipt': 1 }, phases),
  ],
  limitsMs: { 'till.pay': [300, 800], 'shelf.look': [300] },
  journeyLimitsMs: { visit: [2000] },
};

export const nothingMeasured: Measurements = {
  version: 1,
  measuredSeconds: 40,
  end: 'finished',
  partial: [],
  requests: [],
  journeys: [],
  drops: [],
  probes: [],
  readings: [],
  series: [],
  latencyByRoute: [],
  latencyByJourney: [],
  sliceSeconds: 1,
  latencySlices: [],
  generator: [],
  drills: [],
  ledgers: [],
  reconciliation: [],
  overflowPoints: 0,
};

/** Requests of one route, by outcome, spread evenly over the seconds of a phase. */
export function requestRows(
  route: RouteKey,
  phase: string,
  outcomes: Record<Outcome, number>,
): RequestSeries[] {
  const { startSecond, endSecond } = phases.find((item) => item.name === phase) as Phase;
  const service = route.slice(0, route.indexOf('.'));
  return Object.entries(outcomes).map(([outcome, count]) => ({
    ...{ service, route, phase, outcome, from: startSecond },
    counts: spread(count, endSecond - startSecond),
  }));
}

/** 5 over 3 is 1, 2, 2. */
function spread(count: number, seconds: number): number[] {
  const upTo = (second: number) => Math.floor((count * second) / seconds);
  return Array.from({ length: seconds }, (_, second) => upTo(second + 1) - upTo(second));
}

/** An objective over all requests of the till, unless told otherwise. */
export function objective(changes: Partial<Objective> = {}): Objective {
  return {
    id: 'till-availability',
    displayName: 'Till answers',
    description: '',
    service: 'till',
    target: 0.99,
    windowDays: 30,
    sli: { measure: 'requests', service: 'till', routes: ['till.pay', 'till.receipt'] },
    labels: { tier: 'critical', kind: 'availability' },
    source: { file: 'till.yaml', line: 1 },
    ...changes,
  };
}
