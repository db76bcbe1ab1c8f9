/** Requests and journeys that an indicator names, held against the suite. */
import type { Catalog, RouteKey } from '../../scenarios/model.ts';
import type { Sli } from '../types.ts';
import type { World } from './context.ts';
import type { Place } from './findings.ts';
import { limitOf, scopeOf } from './scope.ts';
import type { SourceSpec } from './sources.ts';
import { didYouMean } from './text.ts';

export function journeysSli(
  spec: SourceSpec<'k6'>,
  journey: string,
  { journeys }: World,
  place: Place,
): Sli | undefined {
  if (spec.service !== undefined || spec.kind !== undefined || spec.route !== undefined) {
    place.at('spec').error('a journey crosses services; leave out service, kind and route');
    return undefined;
  }
  if (!journeys.includes(journey)) {
    const cause = `there is no journey "${journey}"${didYouMean(journey, journeys)}`;
    place.at('spec', 'journey').error(cause, 'UNKNOWN_JOURNEY');
    return undefined;
  }
  return { measure: 'journeys', journey, ...limitOf(spec), ...scopeOf(spec) };
}

export function requestsSli(spec: SourceSpec<'k6'>, world: World, place: Place): Sli | undefined {
  const { service, kind, route } = spec;
  if (service === undefined) {
    place.at('spec').error('name a service ("*" for all of them) or a journey');
    return undefined;
  }
  const isForAll = service === '*';
  if (!isForAll && !knowsService(service, world, place)) return undefined;
  if (route !== undefined && !isForAll && !Object.hasOwn(world.catalog[service]?.routes ?? {}, route)) {
    const known = Object.keys(world.catalog[service]?.routes ?? {});
    const cause = `${service} has no route "${route}"${didYouMean(route, known)}`;
    place.at('spec', 'route').error(cause, 'UNKNOWN_ROUTE');
    return undefined;
  }
  const routes = routesOf(spec, world.catalog);
  if (routes.length === 0) {
    const named = route === undefined ? '' : ` named ${route}`;
    place.at('spec').error(`${service} has no ${kind === undefined ? '' : `${kind} `}routes${named}`);
    return undefined;
  }
  return {
    measure: 'requests',
    ...(isForAll ? {} : { service }),
    ...(kind === undefined ? {} : { kind }),
    ...(route === undefined || isForAll ? {} : { route: `${service}.${route}` }),
    routes,
    ...limitOf(spec),
    ...scopeOf(spec),
  };
}

function routesOf({ service, kind, route }: SourceSpec<'k6'>, catalog: Catalog): RouteKey[] {
  return Object.entries(catalog)
    .filter(([name]) => service === '*' || service === name)
    .flatMap(([name, { routes }]) =>
      Object.entries(routes)
        .filter(([key, value]) => (kind ?? value.kind) === value.kind && (route ?? key) === key)
        .map(([key]) => `${name}.${key}`),
    );
}

export function knowsService(service: string, { catalog }: World, place: Place): boolean {
  if (Object.hasOwn(catalog, service)) return true;
  const cause = `there is no service "${service}"${didYouMean(service, Object.keys(catalog))}`;
  place.at('spec', 'service').error(cause, 'UNKNOWN_SERVICE');
  return false;
}
