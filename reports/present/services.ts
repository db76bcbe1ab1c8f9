/** One service at a time: whose it is, what it promised, how each of its routes answered. */
import type { Route, RouteKey, Service } from '../../scenarios/model.ts';
import { groupBy } from '../../slo/group-by.ts';
import type { LatencyByRoute, RequestSeries } from '../../slo/measurements.ts';
import { count, list } from '../figures.ts';
import type { Fact } from '../told.ts';
import type { Cell, ObjectiveView, ServiceView, Standing, Table } from '../types.ts';
import { statusOf } from '../words.ts';
import type { PresentInput } from './input.ts';
import { quantileCells } from './latency.ts';
import { countOutcomes, outcomeText } from './outcomes.ts';
import { cell, columns } from './table.ts';

/** Broken services first, then unproven ones; otherwise in the catalog's order. */
export function presentServices(
  { suite, measurements }: PresentInput,
  objectives: readonly ObjectiveView[],
  deciding: readonly ObjectiveView[],
): ServiceView[] {
  const requests = groupBy(measurements.requests, (row) => row.service);
  const latencies = groupBy(measurements.latencyByRoute, (row) => row.service);
  const views = Object.entries(suite.catalog).map(([name, service]): ServiceView => {
    const own = objectives.filter((objective) => objective.service === name);
    return {
      name,
      description: service.description,
      status: statusOf(worstOf(own.map((objective) => objective.status.standing))),
      isOpen: deciding.some((objective) => objective.decides && objective.service === name),
      facts: factsOf(name, service, suite.catalog),
      objectives: own,
      routes: routeTable(name, service, requests.get(name) ?? [], latencies.get(name) ?? []),
    };
  });
  const place = (view: ServiceView) => severity.indexOf(view.status.standing);
  return views.sort((a, b) => place(a) - place(b));
}

const severity: readonly Standing[] = ['fail', 'inconclusive', 'pass', 'none'];

/** The worst of some standings; `none` if there are none. */
function worstOf(standings: readonly Standing[]): Standing {
  return severity.find((standing) => standings.includes(standing)) ?? 'none';
}

function factsOf(name: string, service: Service, catalog: PresentInput['suite']['catalog']): Fact[] {
  const callers = Object.entries(catalog).filter(([, other]) => other.calls.includes(name));
  return [
    { label: 'Team', text: service.team },
    { label: 'Tier', text: service.tier },
    { label: 'Calls', text: list(service.calls) || 'nobody' },
    { label: 'Called by', text: list(callers.map(([caller]) => caller)) || 'clients only' },
  ];
}

function routeTable(
  name: string,
  service: Service,
  requests: readonly RequestSeries[],
  latencies: readonly LatencyByRoute[],
): Table {
  const byRoute = groupBy(requests, (row) => row.route);
  const latencyByRoute = groupBy(latencies, (row) => row.route);
  const declared = Object.keys(service.routes).map((route) => `${name}.${route}`);
  const routes = new Set([...declared, ...byRoute.keys()]);
  return {
    caption: `Routes of ${name}`,
    columns: columns('Route', 'Requests#', 'Errors#', 'p50#', 'p95#', 'p99#', 'Outcomes'),
    rows: [...routes].map((route) =>
      routeRow(
        route,
        service.routes[route.slice(name.length + 1)],
        byRoute.get(route) ?? [],
        latencyByRoute.get(route) ?? [],
      ),
    ),
  };
}

function routeRow(
  key: RouteKey,
  route: Route | undefined,
  requests: readonly RequestSeries[],
  latencies: readonly LatencyByRoute[],
): Cell[] {
  const { total, errors } = countOutcomes(requests);
  return [
    cell(key, route === undefined ? '' : `${route.method} ${route.path}`),
    cell(count(total)),
    cell(count(errors)),
    ...quantileCells(latencies.map((row) => row.histogram)),
    cell(outcomeText(requests) || 'not called in this run'),
  ];
}
