/** Holds a suite against its schema and its parts against each other. */
import { routeOf } from '../scenarios/model.ts';
import { nearest } from '../scenarios/nearest.ts';
import { type Problem, problem } from '../scenarios/problem.ts';
import type { Lookup } from '../slo/ledger/spec.ts';
import type { Suite } from './suite.ts';
import { suiteSchema } from './suite-schema.ts';

/** Everything wrong with a config file's export, at once. */
export function checkSuite(value: unknown, file: string): Problem[] {
  const parsed = suiteSchema.safeParse(value);
  const faults = parsed.success
    ? faultsOf(value as Suite)
    : parsed.error.issues.map((issue) => `${issue.path.join('.') || 'its default export'}: ${issue.message}`);
  return faults.map((cause) => problem('INVALID_SUITE', cause, { file }));
}

function faultsOf(suite: Suite): string[] {
  return [
    ...callFaults(suite),
    ...toleranceFaults(suite),
    ...pathFaults(suite),
    ...scenarioFaults(suite),
    ...profileFaults(suite),
    ...samplerFaults(suite),
    ...ledgerFaults(suite),
    ...duplicates(suite.promises.map((promise) => promise.id)).map((id) => `promise "${id}" is there twice`),
  ];
}

function callFaults({ catalog }: Suite): string[] {
  return Object.entries(catalog).flatMap(([name, service]) =>
    service.calls
      .filter((called) => !Object.hasOwn(catalog, called))
      .map(
        (called) =>
          `catalog.${name}.calls: there is no service "${called}"${hint(called, Object.keys(catalog))}`,
      ),
  );
}

function toleranceFaults({ catalog }: Suite): string[] {
  return Object.entries(catalog).flatMap(([name, { calls, toleratesLossOf = [] }]) =>
    toleratesLossOf
      .filter((called) => !calls.includes(called))
      .map((called) => `catalog.${name}.toleratesLossOf: it does not call "${called}"${hint(called, calls)}`),
  );
}

/** Two routes of one service with one method and path shape could not be told apart. */
function pathFaults({ catalog }: Suite): string[] {
  return Object.entries(catalog).flatMap(([name, service]) => {
    const shapes = Object.values(service.routes).map(
      (route) => `${route.method} ${route.path.replace(/:\w+/g, ':')}`,
    );
    return duplicates(shapes).map((shape) => `catalog.${name}.routes: two routes answer ${shape}`);
  });
}

function scenarioFaults({ catalog, traffic }: Suite): string[] {
  const routeKeys = Object.entries(catalog).flatMap(([service, { routes }]) =>
    Object.keys(routes).map((route) => `${service}.${route}`),
  );
  return Object.entries(traffic).flatMap(([name, scenario]) => {
    const faults: string[] = [];
    const fault = (text: string) => faults.push(`traffic.${name}${text}`);
    if (scenario.kind === 'service' && !Object.hasOwn(catalog, scenario.service ?? '')) {
      fault(
        `.service: there is no service "${scenario.service ?? ''}"${hint(scenario.service ?? '', Object.keys(catalog))}`,
      );
    }
    if (scenario.kind === 'journey' && scenario.service !== undefined) fault('.service: a journey has none');
    if ((scenario.shape === 'lagged') !== (scenario.lagSeconds !== undefined)) {
      fault('.lagSeconds: goes with shape "lagged", and only with it');
    }
    if (Object.keys(scenario.actions).length === 0) fault('.actions: there is none');
    for (const [action, { requests }] of Object.entries(scenario.actions)) {
      if (Object.keys(requests).length === 0) fault(`.actions.${action}.requests: there is none`);
      for (const key of Object.keys(requests).filter((key) => !routeOf(catalog, key))) {
        fault(`.actions.${action}.requests: there is no route "${key}"${hint(key, routeKeys)}`);
      }
    }
    return faults;
  });
}

function profileFaults({ catalog, profiles, defaultProfile }: Suite): string[] {
  const names = profiles.map((profile) => profile.name);
  return [
    ...duplicates(names).map((name) => `profiles: "${name}" is there twice`),
    ...profiles.flatMap((profile) =>
      duplicates(profile.phases.map((phase) => phase.name)).map(
        (phase) => `profiles.${profile.name}: phase "${phase}" is there twice`,
      ),
    ),
    ...profiles.flatMap(({ name, elasticity }) =>
      elasticity === undefined || routeOf(catalog, elasticity.route)
        ? []
        : [`profiles.${name}.elasticity: there is no route "${elasticity.route}"`],
    ),
    ...(names.includes(defaultProfile)
      ? []
      : [`defaultProfile: there is no profile "${defaultProfile}"${hint(defaultProfile, names)}`]),
  ];
}

function samplerFaults({ catalog, samplers = [] }: Suite): string[] {
  return samplers
    .filter((sampler) => !routeOf(catalog, sampler.route))
    .map((sampler) => `samplers: there is no route "${sampler.route}" to read "${sampler.reading}" from`);
}

function ledgerFaults({ catalog, ledgers = [] }: Suite): string[] {
  const twice = (what: string, values: readonly string[]) =>
    duplicates(values).map((value) => `ledgers: ${what} "${value}" is there twice`);
  const lookups = ledgers.flatMap(({ name, read, find, copies }) =>
    Object.entries({ read, find, copies }).flatMap(([role, lookup]) =>
      lookup === undefined ? [] : [{ at: `ledgers.${name}.${role}`, lookup }],
    ),
  );
  return [
    ...twice(
      'name',
      ledgers.map(({ name }) => name),
    ),
    ...twice(
      'kind',
      ledgers.map(({ kind }) => kind),
    ),
    ...ledgers
      .filter(({ write }) => routeOf(catalog, write) === undefined)
      .map(({ name, write }) => `ledgers.${name}.write: there is no route "${write}"`),
    ...lookups.flatMap(({ at, lookup }) => lookupFaults(at, lookup, catalog)),
  ];
}

/** An unknown route, or parameters that are not those of its path. */
function lookupFaults(at: string, { route, params }: Lookup, catalog: Suite['catalog']): string[] {
  const found = routeOf(catalog, route);
  if (found === undefined) return [`${at}: there is no route "${route}"`];
  const needed = [...found.route.path.matchAll(/:(\w+)/g)].map(([, param = '']) => param);
  const given = Object.keys(params);
  return [
    ...needed
      .filter((param) => !given.includes(param))
      .map((param) => `${at}.params: "${param}" of ${route} is missing`),
    ...given
      .filter((param) => !needed.includes(param))
      .map((param) => `${at}.params: ${route} has no "${param}"`),
  ];
}

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function hint(name: string, known: readonly string[]): string {
  const close = nearest(name, known);
  return close === undefined ? '' : `; did you mean "${close}"?`;
}
