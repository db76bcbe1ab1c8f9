/** What may fail when a service is broken, from what the catalog declares. */
import type { LoadPlan } from '../../profiles/types.ts';
import type { Catalog } from '../../scenarios/model.ts';
import type { Relation } from './types.ts';

/** The gateway that services with `edge: gateway` stand behind: clients reach them only through it. */
const gatewayName = 'gateway';

/**
 * The broken service and all whose answers may fail with it: its callers, their callers and so on, as far as calls go
 * to services that are not degradable. A degradable one has to be done without, so it takes only itself down.
 */
export function mayFailWith(catalog: Catalog, broken: string): ReadonlySet<string> {
  return callersOf(catalog, broken, ({ tier }) => tier !== 'degradable');
}

/** All that call a service, directly or through others, and itself. */
export function allCallersOf(catalog: Catalog, service: string): ReadonlySet<string> {
  return callersOf(catalog, service, () => true);
}

function callersOf(
  catalog: Catalog,
  service: string,
  isFollowed: (callee: Catalog[string]) => boolean,
): ReadonlySet<string> {
  const found = new Set([service]);
  for (const name of found) {
    const callee = catalog[name];
    if (callee === undefined || !isFollowed(callee)) continue;
    for (const [caller, { calls }] of Object.entries(catalog)) if (calls.includes(name)) found.add(caller);
  }
  if (!found.has(gatewayName)) return found;
  // Customers cannot reach them; other services still can, so this goes no further.
  const behind = Object.entries(catalog).filter(([, { edge }]) => edge === 'gateway');
  return new Set([...found, ...behind.map(([name]) => name)]);
}

/** What is declared of `service` while `broken` is down. */
export function relationOf(catalog: Catalog, broken: string, service: string): Relation {
  if (service === broken) return 'self';
  if (mayFailWith(catalog, broken).has(service)) return 'may-fail';
  return allCallersOf(catalog, broken).has(service) ? 'falls-back' : 'apart';
}

/** Scenarios whose visits pass one of these services. */
export function scenariosThrough(plan: LoadPlan, services: ReadonlySet<string>): LoadPlan['scenarios'] {
  return plan.scenarios.filter(({ requestsPerIteration }) =>
    Object.keys(requestsPerIteration).some((route) => services.has(route.slice(0, route.indexOf('.')))),
  );
}
