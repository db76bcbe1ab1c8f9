/** Gets a target's driver ready for a plan's faults, before anything is loaded. */
import { PeakproofError, type Problem, problem } from '../../scenarios/problem.ts';
import { hostOf } from '../targets/hosts.ts';
import type { RehearsalRequest } from '../types.ts';
import { faultTargetOf } from './fault-target.ts';
import type { FaultProcedure } from './types.ts';

export interface PreparedFaults {
  /** The request, with load going through what the driver put in between. */
  readonly request: RehearsalRequest;
  readonly procedures: readonly FaultProcedure[];
  /** Resolves if something that the driver stands on ends by itself. */
  readonly broken?: Promise<Problem>;
  readonly stop: () => Promise<void>;
}

/** @throws PeakproofError if there is nobody to inject the faults, or the driver cannot be made ready. */
export async function prepareFaults(request: RehearsalRequest): Promise<PreparedFaults> {
  const { plan, target, suite, driver, runFolder, live, stopSignal } = request;
  const faults = plan.faults ?? [];
  if (faults.length === 0) return { request, procedures: [], stop: async () => {} };
  if (driver === undefined) {
    const cause = `target "${target.environment.name}" allows no faults, and the plan injects ${faults.length}`;
    throw new PeakproofError(problem('FAULTS_NOT_ALLOWED', cause));
  }
  const prepared = await driver.prepare(faults, {
    target: faultTargetOf(suite.suite.catalog, target),
    runFolder,
    signal: stopSignal,
    onProgress: (message) => live.note(message),
  });
  const without = faults.filter(({ id }) => !prepared.procedures.some(({ fault }) => fault.id === id));
  if (without.length > 0) {
    await prepared.stop();
    const cause = `driver ${driver.name} has no procedure for ${without.map(({ id }) => id).join(', ')}`;
    throw new PeakproofError(problem('FAULT_DRIVER_UNUSABLE', cause));
  }
  return {
    request: rerouted(request, prepared.baseUrls ?? {}),
    procedures: prepared.procedures,
    ...(prepared.broken === undefined ? {} : { broken: prepared.broken }),
    stop: prepared.stop,
  };
}

/** The driver answers for the hosts that it put in between: it made them. */
function rerouted(request: RehearsalRequest, baseUrls: Readonly<Record<string, string>>): RehearsalRequest {
  const { plan, target } = request;
  const environment = { ...target.environment, baseUrls: { ...target.environment.baseUrls, ...baseUrls } };
  const allow = [...new Set([...target.allow, ...Object.values(baseUrls).map(hostOf)])];
  return { ...request, plan: { ...plan, environment }, target: { ...target, environment, allow } };
}
