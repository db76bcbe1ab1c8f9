/**
 * A slow service also slows those that wait for it. A finding is a consequence where services that it calls
 * have findings which are large enough to explain it; only what nothing explains is a regression of its own.
 */
import type { Catalog } from '../../scenarios/model.ts';
import type { Change } from './types.ts';

/** `Service.edge` of this value: clients come through the service of the same name, if the catalog has one. */
const gateway = 'gateway';

/** Every service that `service` waits for, directly or through others. */
export function calleesOf(catalog: Catalog, service: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const { calls = [], edge } = catalog[name] ?? {};
    for (const callee of edge === gateway && name !== gateway ? [...calls, gateway] : calls) {
      if (found.has(callee) || callee === service || catalog[callee] === undefined) continue;
      found.add(callee);
      visit(callee);
    }
  };
  visit(service);
  return found;
}

/** A service's findings that a caller may have inherited. */
interface Finding {
  readonly latency?: Change;
  readonly errors?: Change;
}

/**
 * For each service with a worse figure of its own, the services that explain it; an empty list if none does.
 * Errors of a callee explain errors and waits (retries) of its caller; slowness of a callee explains errors
 * (timeouts), and slowness that is no larger than its own, in ms or in proportion: whatever a caller does,
 * its answer cannot grow by a larger share than every part of it does.
 */
export function explain(catalog: Catalog, worse: readonly Change[]): ReadonlyMap<Change, readonly string[]> {
  const findings = new Map<string, Finding>();
  for (const change of worse) {
    findings.set(change.service, { ...findings.get(change.service), [change.kind]: change });
  }
  const explained = new Map<Change, readonly string[]>();
  for (const change of worse) {
    const callees = [...calleesOf(catalog, change.service)].filter((callee) => findings.has(callee));
    explained.set(change, explains(change, callees, findings) ? callees : []);
  }
  return rootsOnly(explained, findings);
}

function explains(
  change: Change,
  callees: readonly string[],
  findings: ReadonlyMap<string, Finding>,
): boolean {
  if (callees.length === 0) return false;
  const found = callees.map((callee) => findings.get(callee) ?? {});
  if (change.kind === 'errors' || found.some(({ errors }) => errors !== undefined)) return true;
  const slower = found.flatMap(({ latency }) => latency ?? []);
  const inheritedMs = slower.reduce((sum, { high = 0 }) => sum + high, 0);
  const inheritedShare = Math.max(...slower.map(({ high = 0, before = 1 }) => high / before));
  const { low = 0, before = 1 } = change;
  return low <= inheritedMs || low / before <= inheritedShare;
}

/** Names of a chain only its beginnings: the services whose findings nothing explains. */
function rootsOnly(
  explained: ReadonlyMap<Change, readonly string[]>,
  findings: ReadonlyMap<string, Finding>,
): ReadonlyMap<Change, readonly string[]> {
  const isRoot = (service: string) => {
    const { latency, errors } = findings.get(service) ?? {};
    return [latency, errors].some((change) => change !== undefined && explained.get(change)?.length === 0);
  };
  // Services that call each other in a circle have no beginning: each of them is one then.
  return new Map([...explained].map(([change, callees]) => [change, callees.filter(isRoot)]));
}
