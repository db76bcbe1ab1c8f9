/** Holds a plan's faults against what the target's owner allows and the driver can do, before anything is sent. */
import type { FaultSpec, PlannedFault } from '../../profiles/faults.ts';
import type { LoadPlan, Profile } from '../../profiles/types.ts';
import { type Problem, problem } from '../../scenarios/problem.ts';
import type { BoundDriver } from './bind.ts';
import type { FaultTarget } from './types.ts';

/** Who may break what, and by which means. */
interface Permission {
  readonly kinds: readonly string[];
  readonly services: readonly string[];
  readonly driver: BoundDriver;
}

/** Everything that keeps the plan's faults from being injected, at once. Asks the driver; the system is not touched. */
export async function checkPlannedFaults(
  { faults = [], environment }: Pick<LoadPlan, 'faults' | 'environment'>,
  permission: Permission | undefined,
  target: FaultTarget,
): Promise<readonly Problem[]> {
  if (faults.length === 0) return [];
  if (permission === undefined) {
    const cause = `target "${environment.name}" allows no faults, and the profile injects ${faults.length}`;
    return [problem('FAULTS_NOT_ALLOWED', cause)];
  }
  const refused = faults.flatMap((fault) => refusals(fault, environment.name, permission));
  return [...refused, ...(await permission.driver.check(faults, target))];
}

/**
 * A profile whose faults come on top of a day, with those of them that may be injected: on a target that allows them,
 * and when all of the system is loaded. Of any other profile every fault stays, to be refused if it must be.
 * @param isPart only some services or journeys are loaded.
 */
export function withPossibleFaults(
  profile: Profile,
  permission: Permission | undefined,
  isPart: boolean,
): Profile {
  if (!profile.faultsWherePossible) return profile;
  const isPossible = ({ kind, service }: FaultSpec) =>
    permission?.kinds.includes(kind) &&
    permission.services.includes(service) &&
    permission.driver.kinds.includes(kind);
  return { ...profile, faults: isPart ? [] : (profile.faults ?? []).filter(isPossible) };
}

function refusals({ id, kind, service }: PlannedFault, target: string, permission: Permission): Problem[] {
  const { kinds, services, driver } = permission;
  const causes = [
    ...(kinds.includes(kind) ? [] : [`target "${target}" does not allow faults of kind ${kind}`]),
    ...(services.includes(service) ? [] : [`target "${target}" does not allow ${service} to be broken`]),
    ...(driver.kinds.includes(kind) ? [] : [`driver ${driver.name} knows no ${kind}`]),
  ];
  return causes.map((cause) => problem('FAULTS_NOT_ALLOWED', `${id}: ${cause}`));
}
