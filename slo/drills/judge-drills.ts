/** Everything that drills of a run say. Pure: the same input gives the same answer. */
import type { LoadPlan } from '../../profiles/types.ts';
import type { Catalog } from '../../scenarios/model.ts';
import type { Measurements } from '../measurements.ts';
import type { Objective } from '../types.ts';
import { alternatedChanges } from './alternated.ts';
import { type Blast, blastRows } from './blast-radius.ts';
import { withoutExcused } from './excuse.ts';
import { findingsOf, untestedIn } from './findings.ts';
import { ineffectiveOutcome, outcomeOf } from './outcome.ts';
import { type DrillContext, type EffectiveDrill, effectiveDrills } from './scope.ts';
import { Watch } from './seconds.ts';
import type { DrillReport } from './types.ts';

/** Undefined if nothing was broken on purpose. */
export function judgeDrills(
  plan: LoadPlan,
  measurements: Measurements,
  objectives: readonly Objective[],
  catalog: Catalog = {},
): DrillReport | undefined {
  if (measurements.drills.length === 0) return undefined;
  const watch = new Watch(plan, measurements, objectives);
  const context: DrillContext = { plan, measurements, catalog, watch };
  const effective = effectiveDrills(measurements, catalog);
  const drills = measurements.drills.map((row) => {
    const drill = effective.find((item) => item.row === row);
    return drill === undefined ? ineffectiveOutcome(row, context) : outcomeOf(drill, context);
  });
  const blasts = effective.flatMap((drill): Blast[] => {
    const outcome = drills.find(({ id }) => id === drill.row.fault.id);
    return outcome === undefined ? [] : [{ drill, outcome, ...windowOf(drill, outcome.recoverSeconds) }];
  });
  const rows = blastRows(blasts, context);
  return {
    drills,
    alternated: alternatedChanges(drills),
    blastRadius: {
      services: Object.keys(catalog),
      rows,
      findings: findingsOf(rows, catalog),
      untested: untestedIn(rows),
    },
  };
}

/** The measurements that objectives are judged on: without what is excused in drills. */
export function outsideDrills(measurements: Measurements, report: DrillReport | undefined): Measurements {
  return withoutExcused(measurements, report?.drills.flatMap(({ excused }) => excused) ?? []);
}

/** Others suffer while the service is broken, and not from it once it is itself again; its whole fault counts in any case. */
function windowOf(
  { fromSecond, endSecond, untilSecond }: EffectiveDrill,
  recoverSeconds: number | undefined,
) {
  const over = recoverSeconds === undefined ? untilSecond : Math.max(fromSecond + recoverSeconds, endSecond);
  return { fromSecond: Math.floor(fromSecond), toSecond: Math.min(Math.ceil(over), untilSecond) };
}
