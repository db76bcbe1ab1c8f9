/** Which phases an objective is judged in, and which objectives a plan concerns. */
import { isHarmless, type PlannedFault } from '../profiles/faults.ts';
import type { LoadPlan, Phase } from '../profiles/types.ts';
import type { RouteKey } from '../scenarios/model.ts';
import { meetsNeed } from './elasticity/needs.ts';
import type { Objective, Sli } from './types.ts';

/** spec.service of promises that no single service or journey owns. */
export const wholeSystem = 'system';

/** Judged phases, or only the holds at or above `atLeastMultiplier`; empty if the profile never gets there. */
export function phasesOf(plan: LoadPlan, sli: Sli): Phase[] {
  return plan.phases.filter((phase) => phase.role === 'judged' && asksOf(sli, phase));
}

/** Whether an objective can be asked of one phase by itself, also of one beyond the promise. */
export function asksOf({ atLeastMultiplier }: Sli, phase: Phase): boolean {
  if (phase.role === 'warm-up') return false;
  return (
    atLeastMultiplier === undefined || (phase.kind === 'hold' && phase.toMultiplier >= atLeastMultiplier)
  );
}

/**
 * Everything concerns a whole plan. One narrowed to some services or journeys is judged only by the
 * objectives of what it loads: promises of the whole system say nothing about a part of its traffic. Promises about
 * faults concern plans that inject such.
 */
export function concerns(plan: LoadPlan, { sli, service }: Objective): boolean {
  if (sli.measure === 'drills') return drilledFaults(plan, sli).length > 0;
  if (sli.measure === 'readings' && sli.withFaults && (plan.faults ?? []).length === 0) return false;
  if (sli.measure === 'readings' && sli.needs !== undefined && !meetsNeed(plan, sli.needs)) return false;
  return !plan.selected || isLoadedFor(plan, sli, service);
}

/**
 * The plan's faults that an objective over drills speaks of. Changes that nobody notices if they are done right are no
 * failures: they would only improve the mean time to recover from those, and are asked for by name.
 */
export function drilledFaults(
  { faults = [] }: LoadPlan,
  { fault, figure }: Sli & { measure: 'drills' },
): readonly PlannedFault[] {
  return faults.filter(({ kind }) => {
    if (fault !== undefined) return kind === fault;
    return figure === 'services-taken-down' || !isHarmless(kind);
  });
}

function isLoadedFor(plan: LoadPlan, sli: Sli, service: string): boolean {
  switch (sli.measure) {
    case 'requests':
      return sli.service !== undefined && sli.routes.some((route) => isLoaded(plan, route));
    case 'probes':
      return isServiceLoaded(plan, sli.service);
    case 'journeys':
      return isJourneyLoaded(plan, sli.journey);
    case 'series':
      return isServiceLoaded(plan, service) || isJourneyLoaded(plan, service);
    case 'composite':
      return sli.members.every((member) => isLoadedFor(plan, member.sli, service));
    case 'readings':
    case 'drills':
    case 'vitals':
    case 'sessions':
    case 'page-load':
    case 'objectives':
      return false;
  }
}

function isJourneyLoaded(plan: LoadPlan, journey: string): boolean {
  return plan.scenarios.some(({ name, kind }) => kind === 'journey' && name === journey);
}

function isServiceLoaded(plan: LoadPlan, service: string): boolean {
  return plan.scenarios.some((scenario) =>
    Object.keys(scenario.requestsPerIteration).some((route) => route.startsWith(`${service}.`)),
  );
}

function isLoaded(plan: LoadPlan, route: RouteKey): boolean {
  return plan.scenarios.some((scenario) => route in scenario.requestsPerIteration);
}
