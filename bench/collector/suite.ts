/** As many services and series as a big shop has, each answered at once: what costs is being counted. */
import type { Catalog, RouteKey, Service, Traffic } from '../../scenarios/model.ts';

export const services = Array.from({ length: 20 }, (_, index) => `s${String(index + 1).padStart(2, '0')}`);

/** All of them together send 1,000 requests a second. */
const requestsPerSecond = 1000 / services.length;

const contract = { status: [200], fields: ['id'] } as const;

function serviceOf(name: string): Service {
  return {
    description: `shelf ${name}`,
    tier: 'critical',
    team: 'bench',
    calls: [],
    edge: 'direct',
    health: `/${name}/health`,
    routes: {
      item: { method: 'GET', path: `/${name}/item`, kind: 'read', contract },
      search: { method: 'GET', path: `/${name}/search`, kind: 'read', contract },
      add: { method: 'POST', path: `/${name}/items`, kind: 'write', contract },
    },
  };
}

export const catalog: Catalog = Object.fromEntries(services.map((name) => [name, serviceOf(name)]));

const routeOf = (service: string, route: string): RouteKey => `${service}.${route}`;

export const traffic: Traffic = Object.fromEntries(
  services.map((service) => [
    service,
    {
      kind: 'service',
      service,
      description: 'one request an iteration',
      iterationsPerSecondAt1x: requestsPerSecond,
      shape: 'proportional',
      thinkSeconds: 0,
      expectedLatencyMs: 5,
      actions: {
        look: { weight: 60, requests: { [routeOf(service, 'item')]: 1 } },
        search: { weight: 30, requests: { [routeOf(service, 'search')]: 1 } },
        add: { weight: 10, requests: { [routeOf(service, 'add')]: 1 } },
      },
    },
  ]),
);
