/** Breaks the built-in stand-in: it knows every kind, and is told over its control server. */
import { request } from 'undici';
import { z } from 'zod';
import type { PlannedFault } from '../../../profiles/faults.ts';
import { PeakproofError, type Problem, problem } from '../../../scenarios/problem.ts';
import type { StandInControl } from '../../targets/control.ts';
import type { Check, FaultDriver, FaultProcedure, FaultTarget } from '../types.ts';
import { kindNames } from './rules.ts';
import { effects, type ServiceProbes } from './sandbox/effects.ts';

const settings = z.strictObject({});

/** A crashed service is started again before its fault counts as taken back; a busy machine may need its time. */
const patienceMs = { inject: 10_000, rollBack: 20_000, check: 5_000 } as const;
const healthyWithinMs = 500;
const monitoringTimeoutMs = 8_000;
const everyMs = 100;

export const sandboxDriver: FaultDriver<object> = {
  name: 'sandbox',
  kinds: kindNames,
  settings,
  check: async (_settings, faults) =>
    faults.flatMap((fault) => {
      const tooLittle = effects[fault.kind].tooLittle?.(fault.parameters);
      return tooLittle === undefined ? [] : [problem('INVALID_FAULT', `${fault.id}: ${tooLittle}`)];
    }),
  describe: (_settings, faults, target) => faults.map((fault) => procedure(fault, target)),
  /** @throws PeakproofError INVALID_FAULT with everything that the stand-in cannot do. */
  async prepare(_settings, faults, { target }) {
    const { control, environment } = target;
    if (!control) {
      const cause = `driver sandbox breaks the sandbox only, which "${environment.name}" is not`;
      const remedy = 'Name another driver in the target file.';
      throw new PeakproofError(problem('FAULT_DRIVER_UNUSABLE', cause, { remedy }));
    }
    const refusals = await Promise.all(faults.map((fault) => refusal(fault, control)));
    const problems = refusals.flat();
    if (problems.length > 0) throw new PeakproofError(problems);
    return { procedures: faults.map((fault) => procedure(fault, target)), stop: async () => {} };
  },
};

/** What of a fault the stand-in would not do; nothing is injected. */
async function refusal({ id, ...fault }: PlannedFault, control: StandInControl): Promise<Problem[]> {
  const { kind, service, parameters } = fault;
  const { statusCode, body } = await request(`${control.url}/checks`, {
    method: 'POST',
    headers: { ...authorization(control), 'content-type': 'application/json' },
    body: JSON.stringify({ kind, service, parameters }),
    signal: AbortSignal.timeout(patienceMs.check),
  });
  if (statusCode === 200) {
    await body.dump();
    return [];
  }
  const { reasons } = (await body.json()) as { readonly reasons: readonly string[] };
  return reasons.map((reason) => problem('INVALID_FAULT', `${id}: ${reason}`));
}

function procedure(fault: PlannedFault, { healthPaths, control }: FaultTarget): FaultProcedure {
  const { id, service, kind, parameters } = fault;
  const access = control ?? notStarted;
  const url = `${access.url}/faults/${encodeURIComponent(id)}`;
  const asked = { type: 'http' as const, url, headers: authorization(access) };
  const inject = {
    ...asked,
    method: 'PUT' as const,
    body: { kind, service, parameters },
    doneStatus: [200],
    timeoutMs: patienceMs.inject,
  };
  const rollBack = {
    ...asked,
    method: 'DELETE' as const,
    doneStatus: [204],
    timeoutMs: patienceMs.rollBack,
    // The stand-in ends with whoever started it, and its faults with it.
    goneIsDone: true,
  };
  const probes = probesOf(service, healthPaths[service] ?? '/', access);
  const effect = effects[kind];
  return {
    fault,
    driver: 'sandbox',
    inject: [inject],
    rollBack: [rollBack],
    tookEffect: {
      name: `${service} ${effect.says}`,
      action: effect.action(probes, parameters),
      expect: effect.expect(parameters),
      everyMs,
    },
    steady: [
      {
        name: `${service} answers its health check within ${healthyWithinMs} ms`,
        action: probes.health(2 * healthyWithinMs),
        expect: { status: [200], withinMs: healthyWithinMs },
        everyMs,
      },
      {
        name: `the sandbox has no fault ${id}`,
        action: { ...asked, method: 'GET', timeoutMs: patienceMs.check },
        expect: { status: [404] },
        everyMs,
      },
    ],
  };
}

/** Stands in for addresses that the system gives out when the sandbox starts. */
const notStarted: StandInControl = { url: 'http://control.sandbox', token: 'of-this-run', serviceUrls: {} };

function authorization({ token }: StandInControl): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}

function probesOf(service: string, healthPath: string, { serviceUrls }: StandInControl): ServiceProbes {
  const base = serviceUrls[service] ?? `http://${service}.sandbox`;
  const get = (path: string, timeoutMs: number): Check['action'] => ({
    type: 'http',
    method: 'GET',
    url: base + path,
    timeoutMs,
  });
  return {
    health: (timeoutMs) => get(healthPath, timeoutMs),
    monitoring: (subject) => get(`/internal/monitoring/${subject}`, monitoringTimeoutMs),
    document: (timeoutMs) => get(`/${service}/openapi.json`, timeoutMs),
  };
}
