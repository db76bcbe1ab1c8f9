/** The sandbox driver at a real sandbox: each kind is injected, proven, taken back and seen to be gone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaultKind, faultKinds, type PlannedFault } from '../../../profiles/faults.ts';
import { sandboxDriver } from '../../../runner/faults/drivers/sandbox.ts';
import { isYes } from '../../../runner/faults/supervisor/answers.ts';
import { attempt } from '../../../runner/faults/supervisor/attempt.ts';
import type { Check, FaultProcedure } from '../../../runner/faults/types.ts';
import { sandboxTarget } from '../../../runner/targets/sandbox.ts';
import type { RunningTarget } from '../../../runner/types.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { catalog, type ServiceName } from '../../../scenarios/catalog.ts';
import { eventually, startSandbox } from '../sandbox-client.ts';

const calm = new AbortController().signal;
let sandbox: Sandbox;
let running: RunningTarget;

const healthPaths = Object.fromEntries(Object.entries(catalog).map(([name, { health }]) => [name, health]));
const context = () => ({
  target: { ...running, healthPaths },
  runFolder: '',
  signal: calm,
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
  'flag-rollout': 'feature-flags',
  // The one with the least to say.
  bandwidth: 'experiments',
};

function planned(kind: FaultKind): PlannedFault {
  const service = servicesFor[kind] ?? 'payment';
  const { parameters } = faultKinds[kind];
  return { id: `${service}-${kind}`, service, kind, startSecond: 0, endSecond: 1, parameters };
}

const saysYes = async (check: Check) => isYes(check, await attempt(check.action, calm));

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
  for (const action of inject) expect((await attempt(action, calm)).status).toBe(200);
  await becomesYes(tookEffect);
  expect(await saysYes(steady.at(-1) as Check)).toBe(false);
  for (const action of [...rollBack, ...rollBack]) expect((await attempt(action, calm)).status).toBe(204);
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
