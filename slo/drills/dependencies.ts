/** What may fail when a service is broken, from what the catalog declares. */
import type { LoadPlan } from '../../profiles/types.ts';
import type { Catalog } from '../../scenarios/model.ts';
import type { Relation } from './types.ts';

/** The gateway that services with `edge: gateway` stand behind: clients reach them only through it. */
const gatewayName = 'gateway';

/**
 * The broken service and all whose answers may fail with it: who needs it, who needs those and so on. Who calls it and
 * tolerates its loss is not among them.
 */
export function mayFailWith(catalog: Catalog, broken: string): ReadonlySet<string> {
  return callersOf(catalog, broken, (caller, called) => doesNeed(catalog, caller, called));
}

/** All that call a service, directly or through others, and itself. */
export function allCallersOf(catalog: Catalog, service: string): ReadonlySet<string> {
  return callersOf(catalog, service, (caller, called) => doesCall(catalog, caller, called));
}

function callersOf(
  catalog: Catalog,
  service: string,
  isFollowed: (caller: string, called: string) => boolean,
): ReadonlySet<string> {
  const found = new Set([service]);
  for (const called of found) {
    for (const caller of Object.keys(catalog)) if (isFollowed(caller, called)) found.add(caller);
  }
  // Customers cannot reach who is behind the gateway; other services still can, so this goes no further.
  const behind = found.has(gatewayName)
    ? Object.keys(catalog).filter((name) => isBehindGateway(catalog, name))
    : [];
  return new Set([...found, ...behind]);
}

function doesCall(catalog: Catalog, caller: string, called: string): boolean {
  return catalog[caller]?.calls.includes(called) ?? false;
}

/** A caller has to do without what is degradable, and declares what else it tolerates the loss of. */
function doesNeed(catalog: Catalog, caller: string, called: string): boolean {
  const isTolerated =
    catalog[called]?.tier === 'degradable' || catalog[caller]?.toleratesLossOf?.includes(called) === true;
  return doesCall(catalog, caller, called) && !isTolerated;
}

function isBehindGateway(catalog: Catalog, service: string): boolean {
  return catalog[service]?.edge === 'gateway';
}

/** What is declared of `service` while `broken` is down. */
export function relationOf(catalog: Catalog, broken: string, service: string): Relation {
  if (service === broken) return 'self';
  if (doesNeed(catalog, service, broken)) return 'needs';
  if (broken === gatewayName && isBehindGateway(catalog, service)) return 'needs';
  if (mayFailWith(catalog, broken).has(service)) return 'may-fail';
  return allCallersOf(catalog, broken).has(service) ? 'tolerates' : 'apart';
}

/** Scenarios whose visits pass one of these services. */
export function scenariosThrough(plan: LoadPlan, services: ReadonlySet<string>): LoadPlan['scenarios'] {
  return plan.scenarios.filter(({ requestsPerIteration }) =>
    Object.keys(requestsPerIteration).some((route) => services.has(route.slice(0, route.indexOf('.')))),
  );
}
