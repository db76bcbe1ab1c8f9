/**
 * How a fault is seen to act, and to be gone: one request, asked again and again. Usually the service's health
 * check and what the kind of fault does to it; a rule under `probes:` says otherwise.
 */
import { z } from 'zod';
import type { FaultKind, PlannedFault } from '../../../profiles/faults.ts';
import { type Problem, problem } from '../../../scenarios/problem.ts';
import { hostOf, urlFault } from '../../targets/hosts.ts';
import type { Action, Check, FaultTarget } from '../types.ts';
import { fillUrl, unknownPlaceholders } from './placeholders.ts';
import { ruleFor, ruleScope } from './rules.ts';

const status = z.array(z.int().min(100).max(599)).min(1);

/** What an answer must be like for a check to say yes. */
const answerSchema = z
  .strictObject({
    status: status.optional(),
    failsOrStatus: status.optional(),
    longerThanMs: z.number().positive().optional(),
    withinMs: z.number().positive().optional(),
    contains: z.string().min(1).optional(),
  })
  .refine((expect) => Object.keys(expect).length > 0, 'must say something about the answer');

export const probesSchema = z
  .array(
    z.strictObject({
      ...ruleScope,
      /** An address, or a path of the service. Placeholders are filled in; its health check if absent. */
      url: z.string().min(1).optional(),
      /** Instead of the target's own headers. */
      headers: z.record(z.string(), z.string()).optional(),
      /** The answer while the fault acts, and when all is as before. */
      faulted: answerSchema.optional(),
      steady: answerSchema.optional(),
    }),
  )
  .default([]);

export type Probes = z.infer<typeof probesSchema>;

/** Asked ten times a second; none is waited for longer than a second, unless the fault itself delays it. */
const everyMs = 100;
const patienceMs = 1_000;

/** Any answer in time is well if its status is one of these: a redirect could lead anywhere. */
const goodStatus = [200, 201, 202, 203, 204, 206];
/** What a gateway answers for a service that does not. */
const gatewayErrors = [502, 503, 504];
const serverErrors = [500, ...gatewayErrors];

/** A delay is seen at a part of it: jitter takes some off, and what is polled needs only one such answer. */
const seenShareOfDelay = 0.8;

/** A status line with the usual headers. */
const smallestAnswerBytes = 130;
const leastSeenMs = 100;

/** What each kind does to a health check; a kind that leaves it as it is needs a rule of the user's. */
const faultedAnswers: {
  readonly [K in FaultKind]?: (parameters: PlannedFault['parameters']) => Check['expect'] | undefined;
} = {
  crash: () => ({ failsOrStatus: gatewayErrors }),
  hang: () => ({ failsOrStatus: gatewayErrors }),
  refused: () => ({ failsOrStatus: gatewayErrors }),
  drop: () => ({ failsOrStatus: gatewayErrors }),
  'zone-loss': () => ({ failsOrStatus: gatewayErrors }),
  errors: () => ({ failsOrStatus: serverErrors }),
  latency: ({ latencyMs = 0 }) => ({ longerThanMs: latencyMs * seenShareOfDelay }),
  bandwidth: ({ kilobytesPerSecond = 1 }) => trickling(kilobytesPerSecond),
};

/** An answer of the least size takes this long, if that is long enough to be told from a slow moment. */
function trickling(kilobytesPerSecond: number): Check['expect'] | undefined {
  const longerThanMs = (smallestAnswerBytes / kilobytesPerSecond) * seenShareOfDelay;
  return longerThanMs < leastSeenMs ? undefined : { longerThanMs };
}

/** The checks of a fault's procedure. Call it where `probeProblems` found none. */
export function checksOf(
  fault: PlannedFault,
  probes: Probes,
  target: FaultTarget,
): { readonly tookEffect: Check; readonly steady: readonly Check[] } {
  const rule = ruleFor(probes, fault);
  const faulted = answerWhileFaulted(fault, probes) ?? {};
  const steady = answerWhenSteady(rule?.steady, faulted);
  const timeoutMs = Math.max(patienceMs, 2 * (faulted.longerThanMs ?? 0));
  const action: Action = {
    type: 'http',
    method: 'GET',
    url: probeUrl(fault, probes, target) ?? '',
    headers: rule?.headers ?? target.headers,
    timeoutMs,
  };
  return {
    tookEffect: { name: `${fault.service} ${inWords(faulted)}`, action, expect: faulted, everyMs },
    steady: [{ name: `${fault.service} ${inWords(steady)}`, action, expect: steady, everyMs }],
  };
}

function answerWhileFaulted(fault: PlannedFault, probes: Probes): Check['expect'] | undefined {
  const own = ruleFor(probes, fault)?.faulted;
  return own === undefined ? faultedAnswers[fault.kind]?.(fault.parameters) : present(own);
}

/** Well again is: a good status, and no longer as slow as the fault made it. */
function answerWhenSteady(own: z.infer<typeof answerSchema> | undefined, faulted: Check['expect']) {
  if (own !== undefined) return present(own);
  const withinMs = Math.min(patienceMs, faulted.longerThanMs ?? patienceMs);
  return { status: goodStatus, withinMs };
}

function present(answer: z.infer<typeof answerSchema>): Check['expect'] {
  return Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined));
}

function probeUrl(fault: PlannedFault, probes: Probes, target: FaultTarget): string | undefined {
  const asked = ruleFor(probes, fault)?.url ?? target.healthPaths[fault.service] ?? '/';
  if (!asked.startsWith('/')) return fillUrl(asked, fault);
  const base = target.environment.baseUrls[fault.service];
  return base === undefined ? undefined : `${base}${fillUrl(asked, fault)}`;
}

/** Faults that nothing would be seen of, and probes that would go where no request may. */
export function probeProblems(
  faults: readonly PlannedFault[],
  probes: Probes,
  target: FaultTarget,
): readonly Problem[] {
  return faults.flatMap((fault) => {
    const { service, kind } = fault;
    const url = probeUrl(fault, probes, target);
    const where = `probes: ${service} ${kind}`;
    return [
      ...(url === undefined
        ? [settingsProblem(`${where}: the service has no address and no rule a url`)]
        : []),
      ...(url === undefined ? [] : urlProblems(where, url, fault, target)),
      ...(answerWhileFaulted(fault, probes) === undefined
        ? [
            settingsProblem(
              `${where}: a health check does not show it; add a rule with url, faulted and steady`,
            ),
          ]
        : []),
    ];
  });
}

/** What keeps a URL of the settings from being asked: its placeholders, its form, its host. */
export function urlProblems(where: string, url: string, fault: PlannedFault, target: FaultTarget): Problem[] {
  const unknown = unknownPlaceholders(url, fault);
  if (unknown.length === 0) return urlProblem(where, fillUrl(url, fault), target);
  return unknown.map((name) => settingsProblem(`${where}: ${fault.kind} has nothing for {${name}}`));
}

/** What keeps an address from being asked: its form, or its host. It may have a query, which no base URL may. */
export function urlProblem(where: string, url: string, target: FaultTarget): Problem[] {
  const wrong = URL.canParse(url) ? urlFault(withoutQuery(url)) : 'is not a URL';
  if (wrong !== undefined) return [settingsProblem(`${where}: ${wrong}`)];
  if (target.allow.includes(hostOf(url))) return [];
  return [problem('HOST_NOT_ALLOWED', `${where}: host ${hostOf(url)} is not in the allow list`)];
}

function withoutQuery(url: string): string {
  const parsed = new URL(url);
  parsed.search = '';
  return parsed.href;
}

export function settingsProblem(cause: string): Problem {
  return problem('INVALID_TARGET', `faults.${cause}`, {
    remedy: 'Correct it in the target file: docs/fault-drivers.md shows each driver.',
  });
}

function inWords({ status, failsOrStatus, longerThanMs, withinMs, contains }: Check['expect']): string {
  const parts = [
    ...(failsOrStatus === undefined ? [] : [`does not answer, or answers ${failsOrStatus.join(' or ')}`]),
    ...(status === undefined
      ? []
      : [`answers ${status.every((code) => code < 300) ? 'well' : status.join(' or ')}`]),
    ...(contains === undefined ? [] : [`says "${contains}"`]),
    ...(longerThanMs === undefined ? [] : [`takes longer than ${longerThanMs} ms`]),
    ...(withinMs === undefined ? [] : [`within ${withinMs} ms`]),
  ];
  return parts.join(', ');
}
