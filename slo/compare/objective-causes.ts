/** Which services' regressions explain that an objective is kept less often. */
import type { LoadPlan } from '../../profiles/types.ts';
import type { Catalog } from '../../scenarios/model.ts';
import type { Objective } from '../types.ts';
import { calleesOf } from './attribution.ts';
import type { Change } from './types.ts';

interface Known {
  readonly catalog: Catalog;
  readonly plan: LoadPlan;
  readonly objectives: readonly Objective[];
}

/**
 * An objective is a consequence of whatever regressed among the services that its requests or journeys touch
 * and those that they call. Only where none of them did is it a regression by itself.
 */
export function explainObjectives(
  known: Known,
  worse: readonly Change[],
  explained: ReadonlyMap<Change, readonly string[]>,
): ReadonlyMap<Change, readonly string[]> {
  const origins = new Set(
    [...explained].filter(([, causes]) => causes.length === 0).map(([{ service }]) => service),
  );
  const touched = new Map(known.objectives.map((objective) => [objective.id, servicesOf(known, objective)]));
  return new Map(
    worse.flatMap((change) => {
      const { objectiveId } = change;
      if (objectiveId === undefined) return [];
      const services = touched.get(objectiveId) ?? new Set();
      return [[change, [...origins].filter((origin) => services.has(origin))] as const];
    }),
  );
}

function servicesOf({ catalog, plan }: Known, { sli }: Objective): ReadonlySet<string> {
  const routes =
    sli.measure === 'requests'
      ? sli.routes
      : plan.scenarios
          .filter(({ name }) => sli.measure === 'journeys' && name === sli.journey)
          .flatMap(({ requestsPerIteration }) => Object.keys(requestsPerIteration));
  const direct = new Set(routes.map((route) => route.slice(0, route.indexOf('.'))));
  return new Set([...direct].flatMap((service) => [service, ...calleesOf(catalog, service)]));
}
