import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { packageRoot, peakproof, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

// bench/defects has the other defects: each costs a minute.
it('orders lost and charged twice are caught by what names them, as many as the sandbox knows', async () => {
  const run = join(folder.path, 'run');
  const ended = await peakproof([
    ...['rehearse', '--config', join(packageRoot, 'bench/defects/buying.config.ts'), '--seed', '1'],
    ...['--sandbox-defect', 'ack-before-fsync', 'no-idempotency', '--out', run],
  ]);
  expect(ended, ended.stderr).toMatchObject({ code: 99 });
  const read = (file: string) => JSON.parse(readFileSync(join(run, file), 'utf8'));
  const { decision, ledgers } = read('verdict.json');
  expect(decision.because.toSorted()).toEqual(['orders-charged-twice', 'orders-lost']);
  const { orders, orderRefsChargedTwice } = read('sandbox-facts.json');
  expect(orders.lost.length).toBeGreaterThan(0);
  expect(ledgers[0].lost).toBe(orders.lost.length);
  // A client has the answer a little after it was given.
  expect(Math.abs(ledgers[0].rpoSeconds - (orders.lostToMs - orders.lostFromMs) / 1000)).toBeLessThan(0.5);
  expect(orderRefsChargedTwice).toBeGreaterThan(0);
  expect(ledgers[0].duplicated).toBe(orderRefsChargedTwice);
});
