/** Limits that objectives promise, for the plan: the generator counts each of them exactly at the source. */
import type { RouteKey } from '../scenarios/model.ts';
import type { Objective, Sli } from './types.ts';

export interface DeclaredLimits {
  /** Limits in ms per route, ascending and unique; routes without one are absent. */
  readonly limitsMs: Readonly<Record<RouteKey, readonly number[]>>;
  /** The same per journey. */
  readonly journeyLimitsMs: Readonly<Record<string, readonly number[]>>;
}

/** Collects the latency limits of all objectives. */
export function declaredLimits(objectives: readonly Objective[]): DeclaredLimits {
  const limitsMs: Record<RouteKey, number[]> = {};
  const journeyLimitsMs: Record<string, number[]> = {};
  for (const sli of objectives.flatMap(plainSlis)) {
    if (sli.measure === 'requests') for (const route of sli.routes) add(limitsMs, route, sli.underMs);
    if (sli.measure === 'journeys') add(journeyLimitsMs, sli.journey, sli.underMs);
  }
  return { limitsMs, journeyLimitsMs };
}

/** A composite promises the limits of its members. */
function plainSlis({ sli }: Objective): Sli[] {
  return sli.measure === 'composite' ? sli.members.map((member) => member.sli) : [sli];
}

function add(limits: Record<string, number[]>, key: string, limitMs: number | undefined): void {
  if (limitMs === undefined) return;
  limits[key] = [...new Set([...(limits[key] ?? []), limitMs])].sort((a, b) => a - b);
}
