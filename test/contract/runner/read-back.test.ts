/** What is read back from a real HTTP server that loses, lies and fails in the ways that systems do. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAsk } from '../../../runner/collect/ask.ts';
import { readBack } from '../../../runner/collect/read-back.ts';
import type { SuiteLedger } from '../../../runner/suite.ts';
import type { Catalog, Route } from '../../../scenarios/model.ts';
import type { LedgerLine } from '../../../slo/ledger/lines.ts';
import type { LedgerResult } from '../../../slo/ledger/result.ts';
import { readingsOf } from '../../../slo/ledger/rpo.ts';

const read = (path: string): Route => ({ method: 'GET', path, kind: 'read', contract: { status: [200] } });

const catalog = {
  shop: {
    ...{ description: 'sells', tier: 'critical', team: 'shop', calls: [], edge: 'direct', health: '/' },
    routes: {
      order: read('/orders/:id'),
      mine: read('/customers/:customer'),
      charges: read('/charges/:ref'),
    },
  },
} as const satisfies Catalog;

const ledger: SuiteLedger = {
  name: 'orders',
  kind: 'order',
  write: 'shop.buy',
  read: { route: 'shop.order', params: { id: 'id' }, about: { id: 'id' }, equal: { cents: 'cents' } },
  find: { route: 'shop.mine', params: { customer: 'customer' }, list: 'orders', match: { ref: 'ref' } },
  copies: {
    ...{ route: 'shop.charges', params: { ref: 'ref' }, about: { ref: 'ref' }, list: 'charges' },
    reading: 'orders-charged-twice',
  },
  settleSeconds: 0,
  patienceSeconds: 20,
  authenticate: async ({ customer }) => ({ authorization: `${customer}` }),
};

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Answers to single paths; everything else is a shop that keeps what it acknowledged. */
const lies = new Map<string, Reply | 'hang up' | (() => Reply)>();
const asked: string[] = [];

function honest(path: string): Reply {
  const [, folder, key = ''] = path.split('/');
  if (folder === 'orders') return { status: 200, body: { id: key, cents: 100 } };
  if (folder === 'customers') return { status: 200, body: { orders: [] } };
  return { status: 200, body: { ref: key, charges: [{}] } };
}

const server = createServer((request, response) => {
  const path = request.url ?? '';
  asked.push(`${path} ${request.headers.authorization}`);
  const lie = lies.get(path) ?? honest(path);
  if (lie === 'hang up') {
    request.socket.destroy();
    return;
  }
  const { status, body } = typeof lie === 'function' ? lie() : lie;
  response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
});

let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
afterEach(() => {
  lies.clear();
  asked.length = 0;
});

const startedAtMs = Date.now() - 60_000;

function attempt(number: number, stage = 'acknowledged'): LedgerLine {
  const fields = {
    ref: `r-${number}`,
    customer: `c-${number}`,
    cents: 100,
    atMs: startedAtMs + number * 1000,
  };
  return { kind: 'order', stage, ...fields, ...(stage === 'acknowledged' && { id: `o-${number}` }) };
}

async function readingBack(
  lines: Iterable<LedgerLine>,
  changed: Partial<SuiteLedger> = {},
  signal = new AbortController().signal,
  declared: SuiteLedger = ledger,
) {
  const target = {
    environment: { name: 'shop', scale: 1, baseUrls: { shop: url } },
    allow: [new URL(url).host],
    headers: {},
  };
  return readBack(
    { ...declared, ...changed },
    {
      ...{ lines, faults: [], startedAtMs, secrets: {} },
      ...{ ask: createAsk(catalog, target), signal },
    },
  );
}

const figures = (result: LedgerResult) =>
  Object.fromEntries(
    readingsOf(result, 60).map(({ reading, value, upTo = value }) => [reading, [value, upTo]]),
  );

const orders = (...numbers: number[]) => numbers.map((number) => attempt(number));

describe('what was acknowledged', () => {
  it('is asked for one by one, by whose it is', async () => {
    const result = await readingBack(orders(1, 2));
    expect(figures(result)).toEqual({
      'orders-lost': [0, 0],
      'orders-rpo-seconds': [0, 0],
      'orders-charged-twice': [0, 0],
    });
    expect(asked.toSorted()).toEqual([
      '/charges/r-1 c-1',
      '/charges/r-2 c-2',
      '/orders/o-1 c-1',
      '/orders/o-2 c-2',
    ]);
  });

  it('and lost is counted exactly, with the window that it spans', async () => {
    for (const number of [3, 4, 9]) lies.set(`/orders/o-${number}`, { status: 404, body: {} });
    const result = await readingBack(orders(1, 2, 3, 4, 5, 9, 10));
    expect(figures(result)).toMatchObject({ 'orders-lost': [3, 3], 'orders-rpo-seconds': [6, 6] });
  });

  it('and altered is lost as well', async () => {
    lies.set('/orders/o-1', { status: 200, body: { id: 'o-1', cents: 99 } });
    expect(figures(await readingBack(orders(1)))).toMatchObject({ 'orders-lost': [1, 1] });
  });

  it('may come late, within the time to settle', async () => {
    let asks = 0;
    lies.set('/orders/o-1', () => {
      asks += 1;
      return asks < 3 ? { status: 404, body: {} } : honest('/orders/o-1');
    });
    expect(figures(await readingBack(orders(1), { settleSeconds: 10 }))).toMatchObject({
      'orders-lost': [0, 0],
    });
    expect(asks).toBe(3);
  });

  it.each<[string, string, Reply | 'hang up', string]>([
    ['a failure', '/orders/o-1', { status: 500, body: {} }, 'READ_BACK_FAILED'],
    ['garbage', '/orders/o-1', { status: 200, body: '<html>' }, 'READ_BACK_FAILED'],
    ['no answer', '/orders/o-1', 'hang up', 'READ_BACK_FAILED'],
    [
      "another order's data",
      '/orders/o-1',
      { status: 200, body: { id: 'o-2', cents: 100 } },
      'READ_BACK_FOREIGN',
    ],
  ])('is unknown after %s: neither kept nor lost', async (_, path, lie, code) => {
    lies.set(path, lie);
    const result = await readingBack(orders(1, 2));
    expect(figures(result)).toMatchObject({ 'orders-lost': [0, 1] });
    expect(result.gaps).toMatchObject([{ code, count: 1 }]);
  });

  it('is unknown where its owner cannot sign in', async () => {
    const result = await readingBack(orders(1), {
      authenticate: () => Promise.reject(new Error('auth.login answered 500')),
    });
    expect(figures(result)).toMatchObject({ 'orders-lost': [0, 1], 'orders-charged-twice': [0, 1] });
    expect(result.gaps).toMatchObject([{ cause: 'auth.login answered 500', count: 2 }]);
  });

  it('is unknown where nobody had the time to ask', async () => {
    const result = await readingBack(orders(1, 2), { patienceSeconds: 0 });
    expect(figures(result)).toMatchObject({ 'orders-lost': [0, 2] });
    const ended = await readingBack(orders(1), {}, AbortSignal.abort());
    expect(figures(ended)).toMatchObject({ 'orders-lost': [0, 1] });
    expect(asked).toEqual([]);
  });
});

describe('what was never acknowledged', () => {
  it('is told where it is there all the same', async () => {
    lies.set('/customers/c-1', { status: 200, body: { orders: [{ ref: 'r-1' }] } });
    lies.set('/customers/c-2', { status: 200, body: { orders: [{ ref: 'r-2' }] } });
    const lines = [attempt(1, 'unknown'), attempt(2, 'rejected'), attempt(3, 'begun'), attempt(4)];
    const { spans } = await readingBack(lines);
    expect(spans[0]?.attempts).toMatchObject({
      acknowledged: { present: 1 },
      rejected: { present: 1, absent: 0 },
      unknown: { present: 1, absent: 1 },
    });
  });

  it('stays unknown where a suite declares no way to find it, and changes no figure', async () => {
    const { find, ...bare } = ledger;
    const result = await readingBack([attempt(1, 'unknown'), attempt(2)], {}, undefined, bare);
    expect(result.spans[0]?.attempts.unknown).toMatchObject({ unread: 1 });
    expect(figures(result)).toMatchObject({ 'orders-lost': [0, 0] });
  });
});

describe('charges', () => {
  it('of one attempt are a duplicate if they are several, also where it was never acknowledged', async () => {
    lies.set('/charges/r-1', { status: 200, body: { ref: 'r-1', charges: [{}, {}] } });
    lies.set('/charges/r-2', { status: 200, body: { ref: 'r-2', charges: [{}, {}, {}] } });
    const result = await readingBack([attempt(1), attempt(2, 'unknown'), attempt(3)]);
    expect(figures(result)).toMatchObject({ 'orders-charged-twice': [2, 2] });
  });

  it('are unknown where the list is of another order', async () => {
    lies.set('/charges/r-1', { status: 200, body: { ref: 'r-9', charges: [{}] } });
    expect(figures(await readingBack(orders(1)))).toMatchObject({ 'orders-charged-twice': [0, 1] });
  });
});

it('takes each line that is no entry for one that may be lost', async () => {
  const result = await readingBack([...orders(1), ...orders(1), { broken: 'noise' }, attempt(2)]);
  expect(figures(result)).toMatchObject({ 'orders-lost': [0, 2], 'orders-rpo-seconds': [0, 60] });
  expect(result).toMatchObject({
    illegible: 2,
    gaps: [{ code: 'LEDGER_DAMAGED', cause: 'an acknowledgement that repeats another' }, { cause: 'noise' }],
  });
});
