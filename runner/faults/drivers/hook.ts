/** Faults through a user's own HTTP endpoints: their chaos tool, whatever it is, behind a pair of URLs. */
import { z } from 'zod';
import type { PlannedFault } from '../../../profiles/faults.ts';
import type { Problem } from '../../../scenarios/problem.ts';
import type { Action, FaultDriver, FaultProcedure, FaultTarget } from '../types.ts';
import { fillUrl, fillValue, unknownPlaceholders } from './placeholders.ts';
import { checksOf, probeProblems, probesSchema, settingsProblem, urlProblems } from './probes.ts';
import { kindNames, ruleFor, ruleScope } from './rules.ts';

const requestSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('POST'),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).default({}),
  /** Sent as JSON; a text that is one placeholder becomes its value. */
  body: z.unknown().optional(),
  /** Statuses that count as done; any 2xx if absent. */
  doneStatus: z.array(z.int().min(100).max(599)).min(1).optional(),
});

type HookRequest = z.infer<typeof requestSchema>;

const settings = z.strictObject({
  /** Of every hook's request. */
  headers: z.record(z.string(), z.string()).default({}),
  timeoutSeconds: z.number().positive().max(60).default(10),
  hooks: z
    .array(
      z.strictObject({
        ...ruleScope,
        inject: requestSchema,
        /** Asked also if injecting failed, and maybe twice. */
        rollBack: requestSchema,
      }),
    )
    .min(1),
  probes: probesSchema,
});

type HookSettings = z.infer<typeof settings>;

export const hookDriver: FaultDriver<HookSettings> = {
  name: 'hook',
  kinds: kindNames,
  settings,
  check: async (own, faults, target) => [
    ...faults.flatMap((fault) => hookProblems(own, fault, target)),
    ...probeProblems(faults, own.probes, target),
  ],
  describe: procedures,
  prepare: async (own, faults, { target }) => ({
    procedures: procedures(own, faults, target),
    stop: async () => {},
  }),
};

function procedures(own: HookSettings, faults: readonly PlannedFault[], target: FaultTarget) {
  return faults.flatMap((fault): FaultProcedure[] => {
    const hook = ruleFor(own.hooks, fault);
    if (hook === undefined) return [];
    return [
      {
        fault,
        driver: 'hook',
        inject: [toAction(own, hook.inject, fault)],
        rollBack: [toAction(own, hook.rollBack, fault)],
        ...checksOf(fault, own.probes, target),
      },
    ];
  });
}

function toAction(own: HookSettings, request: HookRequest, fault: PlannedFault): Action {
  const { method, url, headers, body, doneStatus } = request;
  return {
    type: 'http',
    method,
    url: fillUrl(url, fault),
    headers: { ...own.headers, ...headers },
    ...(body === undefined ? {} : { body: fillValue(body, fault) }),
    ...(doneStatus === undefined ? {} : { doneStatus }),
    timeoutMs: own.timeoutSeconds * 1000,
  };
}

function hookProblems(own: HookSettings, fault: PlannedFault, target: FaultTarget): Problem[] {
  const hook = ruleFor(own.hooks, fault);
  const where = `hooks: ${fault.service} ${fault.kind}`;
  if (hook === undefined) return [settingsProblem(`${where}: there is no hook for it`)];
  return (['inject', 'rollBack'] as const).flatMap((step) => {
    const { url, body } = hook[step];
    const unknown = unknownPlaceholders(body, fault);
    return [
      ...urlProblems(`${where}: ${step}.url`, url, fault, target),
      ...unknown.map((name) =>
        settingsProblem(`${where}: ${step}.body: ${fault.kind} has nothing for {${name}}`),
      ),
    ];
  });
}
