/** The sandbox driver at a real sandbox: each kind is injected, proven, taken back and seen to be gone. */
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaultKind, faultKinds, type PlannedFault } from '../../../profiles/faults.ts';
import { sandboxDriver } from '../../../runner/faults/drivers/sandbox.ts';
import type { Action, Check, FaultProcedure } from '../../../runner/faults/types.ts';
import { sandboxTarget } from '../../../runner/targets/sandbox.ts';
import type { RunningTarget } from '../../../runner/types.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { catalog, type ServiceName } from '../../../scenarios/catalog.ts';
import { eventually, startSandbox } from '../sandbox-client.ts';

let sandbox: Sandbox;
let running: RunningTarget;

const healthPaths = Object.fromEntries(Object.entries(catalog).map(([name, { health }]) => [name, health]));
const context = () => ({
  target: { ...running, healthPaths },
  runFolder: '',
  signal: new AbortController().signal,
  onProgress: () => {},
});

beforeAll(async () => {
  sandbox = await startSandbox();
  running = sandboxTarget(sandbox);
});

afterAll(() => sandbox?.stop());

/** A service that the kind means something to. */
const servicesFor: Partial<Record<FaultKind, ServiceName>> = {
  'lost-events': 'event-bus',
  'clock-skew': 'gateway',
  // The one with the least to say.
  bandwidth: 'experiments',
};

function planned(kind: FaultKind): PlannedFault {
  const service = servicesFor[kind] ?? 'payment';
  const { parameters } = faultKinds[kind];
  return { id: `${service}-${kind}`, service, kind, startSecond: 0, endSecond: 1, parameters };
}

interface Outcome {
  readonly status?: number;
  readonly ms: number;
}

async function perform(action: Action): Promise<Outcome> {
  if (action.type !== 'http') throw new Error('the sandbox is told over HTTP');
  const { method, url, headers = {}, body, timeoutMs } = action;
  const startedAtMs = performance.now();
  try {
    const answer = await request(url, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      reset: true,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body.text();
    return { status: answer.statusCode, ms: performance.now() - startedAtMs };
  } catch {
    return { ms: performance.now() - startedAtMs };
  }
}

async function saysYes({ action, expect: expected }: Check): Promise<boolean> {
  const { status, ms } = await perform(action);
  const { failsOrStatus, longerThanMs, withinMs } = expected;
  if (status === undefined) return failsOrStatus !== undefined;
  return (
    (expected.status?.includes(status) ?? true) &&
    (failsOrStatus?.includes(status) ?? true) &&
    (longerThanMs === undefined || ms > longerThanMs) &&
    (withinMs === undefined || ms <= withinMs)
  );
}

const becomesYes = (check: Check) => eventually(async () => ((await saysYes(check)) ? true : undefined));

async function procedureFor(kind: FaultKind): Promise<FaultProcedure> {
  const { procedures } = await sandboxDriver.prepare({}, [planned(kind)], context());
  const [procedure] = procedures;
  if (!procedure) throw new Error('no procedure');
  return procedure;
}

test.each(sandboxDriver.kinds)('%s', async (kind) => {
  const { inject, rollBack, tookEffect, steady } = await procedureFor(kind);
  for (const check of steady) await becomesYes(check);
  expect(await saysYes(tookEffect)).toBe(false);
  for (const action of inject) expect((await perform(action)).status).toBe(200);
  await becomesYes(tookEffect);
  expect(await saysYes(steady.at(-1) as Check)).toBe(false);
  for (const action of [...rollBack, ...rollBack]) expect((await perform(action)).status).toBe(204);
  for (const check of steady) await becomesYes(check);
  await eventually(async () => ((await saysYes(tookEffect)) ? undefined : true));
});

test('what the sandbox cannot do is told before anything is broken', async () => {
  const faults = [
    { ...planned('lost-events'), service: 'payment' },
    { ...planned('slow-dependency'), service: 'catalog' },
  ];
  await expect(sandboxDriver.prepare({}, faults, context())).rejects.toMatchObject({
    problems: [
      { code: 'INVALID_FAULT', cause: 'event-bus-lost-events: payment is not the event bus' },
      { code: 'INVALID_FAULT', cause: 'payment-slow-dependency: catalog calls nobody' },
    ],
  });
});

test('the token of the control server is confidential, its host and every service are allowed', () => {
  expect(running.confidential).toContain(sandbox.control.token);
  for (const url of [sandbox.control.url, ...Object.values(sandbox.serviceUrls)]) {
    expect(running.allow).toContain(new URL(url).host);
  }
});
