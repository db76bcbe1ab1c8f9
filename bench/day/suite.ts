/** A shop of 20 services with 5 routes each, over a whole day: plan and objectives of the measured evaluation. */
import type { LoadPlan, Phase, PlannedScenario } from '../../profiles/types.ts';
import type { Catalog, Route } from '../../scenarios/model.ts';
import { declaredLimits } from '../../slo/declared-limits.ts';
import type { Objective, Policy, Sli } from '../../slo/types.ts';

const serviceCount = 20;
const routesPerService = 5;
export const secondsPerDay = 86_400;
export const requestsPerRouteAt1x = 0.3;

const names = Array.from({ length: serviceCount }, (_, index) => `service-${index + 1}`);
const routeNames = Array.from({ length: routesPerService }, (_, index) => `route${index + 1}`);

export const catalog: Catalog = Object.fromEntries(
  names.map((name) => [
    name,
    {
      description: `stands for ${name}`,
      tier: 'critical',
      team: 'day',
      calls: [],
      edge: 'direct',
      health: `/${name}/health`,
      routes: Object.fromEntries(
        routeNames.map((route): [string, Route] => [
          route,
          { method: 'GET', path: `/${name}/${route}`, kind: 'read', contract: { status: [200] } },
        ]),
      ),
    },
  ]),
);

export const routes = names.flatMap((service) =>
  routeNames.map((route) => ({ service, route: `${service}.${route}` })),
);

/** The multiple of normal load at the end of every second hour. */
const multiples = [1, 1, 1, 8, 6, 5, 4, 6, 8, 10, 5, 2];

const phases: readonly Phase[] = multiples.map((multiple, index) => ({
  name: `hours-${index * 2}`,
  kind: 'hold',
  startSecond: index * 7200,
  endSecond: (index + 1) * 7200,
  fromMultiplier: multiple,
  toMultiplier: multiple,
  role: 'judged',
}));

function objectivesOf(service: string): Objective[] {
  const own = {
    measure: 'requests',
    service,
    routes: routeNames.map((route) => `${service}.${route}`),
  } as const;
  const make = (id: string, target: number, sli: Sli): Objective => ({
    id: `${service}-${id}`,
    displayName: `${service} ${id}`,
    description: '',
    service,
    target,
    windowDays: 30,
    sli,
    labels: { tier: 'critical', promise: 'all' },
    source: { file: 'day.yaml', line: 1 },
  });
  return [
    make('availability', 0.9999, own),
    make('latency', 0.99, { ...own, underMs: 300 }),
    make('peak', 0.999, { ...own, underMs: 800, atLeastMultiplier: 10 }),
    make('uptime', 0.9999, { measure: 'probes', service }),
  ];
}

export const objectives = names.flatMap(objectivesOf);

const scenarios: readonly PlannedScenario[] = names.map((service) => {
  const requests = Object.fromEntries(routeNames.map((route) => [`${service}.${route}`, 1]));
  const rate = (multiplier: number) => requestsPerRouteAt1x * multiplier;
  return {
    name: service,
    kind: 'service',
    service,
    arrival: phases.flatMap((phase) => [
      { second: phase.startSecond, ratePerSecond: rate(phase.fromMultiplier) },
      { second: phase.endSecond, ratePerSecond: rate(phase.toMultiplier) },
    ]),
    vus: 10,
    traffic: {
      kind: 'service',
      service,
      description: service,
      iterationsPerSecondAt1x: requestsPerRouteAt1x,
      shape: 'proportional',
      thinkSeconds: 0,
      expectedLatencyMs: 20,
      actions: { go: { weight: 1, requests } },
    },
    requestsPerIteration: requests,
  };
});

export const plan: LoadPlan = {
  version: 1,
  suite: 'day',
  profile: 'day',
  description: 'a whole day',
  selected: false,
  seed: 1,
  environment: { name: 'nowhere', scale: 1, baseUrls: {} },
  durationSeconds: secondsPerDay,
  stopAtFailure: false,
  phases,
  scenarios,
  ...declaredLimits(objectives),
};

export const policy: Policy = {
  name: 'day',
  description: 'everything blocks',
  blocking: [{}],
  inconclusive: 'tolerate',
  partial: 'hold',
};
