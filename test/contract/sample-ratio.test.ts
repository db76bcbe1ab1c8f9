/** The audit of splits, against a real sandbox: what customers saw, once as planned and once with customers lost. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AskSystem } from '../../runner/suite.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { audits } from '../../scenarios/audits.ts';
import type { RetailRoute } from '../../scenarios/catalog.ts';
import { ask, startSandbox } from './sandbox-client.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(() => sandbox?.stop());

async function expose(customer: number, isLost: (assignments: Record<string, string>) => boolean) {
  const customerId = `customer-${String(customer).padStart(6, '0')}`;
  const { json } = await ask(sandbox, 'experiments.assign', { query: `?customerId=${customerId}` });
  const { assignments } = json as { assignments: Record<string, string> };
  if (isLost(assignments)) return;
  await ask(sandbox, 'experiments.expose', { body: { customerId, assignments } });
}

async function deviation(): Promise<number> {
  const through: AskSystem = async (route) => {
    const { status, json } = await ask(sandbox, route as RetailRoute);
    return { status, body: json };
  };
  const input = { ask: through } as unknown as Parameters<(typeof audits)[number]['run']>[0];
  const readings = await audits.find(({ name }) => name === 'sample-ratio')?.run(input);
  return readings?.[0]?.value ?? Number.NaN;
}

it('finds the split as planned, and not where a variant loses its customers', async () => {
  for (let customer = 0; customer < 40; customer += 1) await expose(customer, () => false);
  // Of 28 splits as planned, the furthest is beyond 4 deviations once in 560 times; the customers here never change.
  expect(await deviation()).toBeLessThan(4);
  for (let customer = 40; customer < 140; customer += 1) {
    await expose(customer, (assignments) => assignments['exp-07'] === 'treatment');
  }
  expect(await deviation()).toBeGreaterThan(4);
});
