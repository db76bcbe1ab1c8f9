import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BoundedMap, Cache, Deduplicator } from '../../../../sandbox/kit/bounded.ts';
import { busEvent, Outbox, onceEach } from '../../../../sandbox/kit/bus.ts';
import { atRest } from '../../../../sandbox/kit/conditions.ts';
import { customerByEmail, customerBySocialIdentity } from '../../../../sandbox/kit/customer.ts';
import { DurableLog } from '../../../../sandbox/kit/durable-log.ts';
import { html } from '../../../../sandbox/kit/html.ts';
import { tokenSigner, tokenVerifier } from '../../../../sandbox/kit/tokens.ts';

test('customers are those of the range', () => {
  expect(customerByEmail('customer-000001@shop.example')).toBe('customer-000001');
  expect(customerByEmail('customer-500000@shop.example')).toBe('customer-500000');
  for (const email of ['customer-000000@shop.example', 'customer-500001@shop.example', 'a@shop.example']) {
    expect(customerByEmail(email)).toBeUndefined();
  }
  const social = customerBySocialIdentity('example:token');
  expect(customerByEmail(`${social}@shop.example`)).toBe(social);
});

test('a token is good for its use, its key and its time only', () => {
  const verify = tokenVerifier('key');
  const token = tokenSigner('key')('customer-000042', 'access', 60);
  expect(verify(token, 'access')?.sub).toBe('customer-000042');
  expect(verify(token, 'refresh')).toBeUndefined();
  expect(tokenVerifier('other')(token, 'access')).toBeUndefined();
  expect(verify(tokenSigner('key')('customer-000042', 'access', -1), 'access')).toBeUndefined();
  expect(verify(undefined, 'access')).toBeUndefined();
});

test('html escapes text and keeps markup', () => {
  const inner = html`<b>${'a<b>&"\''}</b>`;
  expect(html`<p>${[inner, inner]}${1}</p>`.text).toBe(
    `<p>${'<b>a&lt;b&gt;&amp;&quot;&#39;</b>'.repeat(2)}1</p>`,
  );
});

test('records that were appended are in the file, in order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'peakproof-log-'));
  const path = join(folder, 'log.jsonl');
  const log = await DurableLog.open(path, { synced: true, conditions: atRest() });
  await Promise.all([1, 2, 3, 4, 5].map((number) => log.append({ number })));
  await log.append({ number: 6 });
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).number)).toEqual([1, 2, 3, 4, 5, 6]);
  await log.close();
  rmSync(folder, { recursive: true });
});

test('bounded memory forgets the oldest', () => {
  const map = new BoundedMap<string, number>(2);
  for (const [index, key] of ['a', 'b', 'c'].entries()) map.set(key, index);
  expect([map.size, map.has('a'), map.get('c')]).toEqual([2, false, 2]);
});

test('a cache shares one load, and serves the stale value when a renewal fails', async () => {
  const cache = new Cache<number>(0);
  expect(await cache.get('key', async () => 1)).toBe(1);
  expect(await cache.get('key', () => Promise.reject(new Error('down')))).toBe(1);
  await expect(cache.get('other', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await cache.get('other', async () => 2)).toBe(2);

  const shared = new Cache<number>(60_000);
  let loads = 0;
  const load = async () => {
    loads += 1;
    return loads;
  };
  expect(await Promise.all([shared.get('key', load), shared.get('key', load)])).toEqual([1, 1]);
});

test('an event that is delivered twice is consumed once', () => {
  const consumed: string[] = [];
  const consume = onceEach((events) => void consumed.push(...events.map(({ id }) => id)));
  const [first, second] = [busEvent('a', {}, '1'), busEvent('a', {}, '2')];
  consume([first]);
  consume([first, second]);
  expect(consumed).toEqual(['1', '2']);
  expect(new Deduplicator(1).isNew('1')).toBe(true);
});

test('the outbox keeps events until the bus acknowledged them', async () => {
  const received: unknown[] = [];
  let attempts = 0;
  const outbox = new Outbox({
    async call<T>(_path: string, options?: { readonly body?: object }) {
      attempts += 1;
      if (attempts === 1) throw new Error('down');
      received.push(options?.body);
      return { status: 202, body: {} as T };
    },
  });
  const event = busEvent('order.placed', {});
  outbox.publish(event);
  while (outbox.size > 0) await new Promise((done) => setTimeout(done, 10));
  expect(received).toEqual([{ events: [event] }]);
});
