/** Faults that are taken back while something else goes on: none may come into force afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ActiveFaults } from '../../../sandbox/active-faults.ts';
import { zoneLoss } from '../../../sandbox/faults/zone-loss.ts';
import type { Fleet } from '../../../sandbox/fleet.ts';
import { Host } from '../../../sandbox/kit/host.ts';
import type { Addresses, Question } from '../../../sandbox/kit/messages.ts';
import { promotion } from '../../../sandbox/services/promotion.ts';
import type { ServiceName } from '../../../scenarios/catalog.ts';

test('a service that starts again gets none that was taken back meanwhile', async () => {
  const asked: string[] = [];
  let restore: (services: readonly ServiceName[]) => Promise<void> = async () => {};
  let taking: Promise<void> | undefined;
  const fleet = {
    onRestart: (given: typeof restore) => {
      restore = given;
    },
    ask: async (_service: ServiceName, question: Question) => {
      if (question.type === 'facts') return;
      asked.push(`${question.type} ${question.type === 'take-back' ? question.id : question.fault.id}`);
      if (asked.length === 3) taking = faults.takeBack('second');
      await new Promise(setImmediate);
    },
  };
  const faults = new ActiveFaults(fleet as unknown as Fleet);
  const parameters = { share: 1 };
  await faults.inject('first', { kind: 'errors', service: 'payment', parameters });
  await faults.inject('second', { kind: 'drop', service: 'payment', parameters });
  await restore(['payment']);
  await taking;
  expect(asked).toEqual(['inject first', 'inject second', 'inject first', 'take-back second']);
});

test('a service takes back what is still on its way into force', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'peakproof-host-'));
  const host = await Host.create(promotion, {
    settings: {
      ...{ service: 'promotion', impairments: [], defects: [], tokenLifetimeSeconds: 60, tokenKey: 'key' },
      ...{ secrets: { customerPassword: '', webhookSecret: '' }, fixedReplicas: true },
      ...{ dataFolder, mediaFolder: dataFolder },
    },
    addresses: {} as Addresses,
    acknowledged: () => {},
  });
  onTestFinished(async () => {
    await host.app.close();
    rmSync(dataFolder, { recursive: true });
  });
  const fault = { id: 'a', kind: 'errors', service: 'promotion', parameters: { share: 1 } } as const;
  const port = await host.listen(0);
  const status = async () => (await fetch(`http://127.0.0.1:${port}/promotion/health`)).status;
  const injecting = host.inject(fault);
  await host.takeBack('a');
  await injecting;
  expect(await status()).toBe(200);
  await host.inject(fault);
  expect(await status()).toBe(500);
  await host.takeBack('a');
  expect(await status()).toBe(200);
});

test('a service that could not fail over is there when its zone is back', async () => {
  const done: string[] = [];
  const points = {
    kill: async () => {},
    forgetAfter: async () => {
      done.push('forget');
      throw new Error('EIO');
    },
    restart: async () => void done.push('restart'),
  };
  const takeBack = await zoneLoss.strike?.(points, 'order', { lagMs: 0, failOverMs: 1 });
  // Nobody is there to hear of the failure: it must not end the sandbox.
  await expect.poll(() => done).toEqual(['forget']);
  await takeBack?.();
  expect(done).toEqual(['forget', 'restart']);
});
