import { describe, expect, it } from 'vitest';
import type { LoadPlan, Phase } from '../../../profiles/types.ts';
import type { AskSystem, AuditInput } from '../../../runner/suite.ts';
import { audits } from '../../../scenarios/audits.ts';

const startedAtMs = 1_000_000;

function order(number: number, second = 0) {
  return {
    kind: 'order',
    atMs: startedAtMs + second * 1000,
    id: `ord-${number}`,
    orderRef: `ref-${number}`,
    totalCents: 100 * number,
    paymentId: `pay-${number}`,
    customer: `customer-${number % 3}@shop.example`,
  };
}

function phase(name: string, kind: Phase['kind'], start: number, end: number, multiplier: number): Phase {
  return {
    name,
    kind,
    startSecond: start,
    endSecond: end,
    fromMultiplier: multiplier,
    toMultiplier: multiplier,
    role: 'judged',
  };
}

const phases = [
  phase('normal', 'hold', 0, 10, 1),
  phase('rise', 'ramp', 10, 20, 10),
  phase('peak', 'hold', 20, 30, 10),
  phase('plateau', 'hold', 30, 40, 4),
];

type Reply = Awaited<ReturnType<AskSystem>>;

/** A shop where everything acknowledged is true, except what `answers` says. */
function shop(answers: Readonly<Record<string, Reply | (() => Reply)>> = {}) {
  const asked: string[] = [];
  const ask: AskSystem = async (route, { params = {} } = {}) => {
    const key = [route, ...Object.values(params)].join(' ');
    asked.push(key);
    const special = answers[key] ?? answers[route];
    if (special) return typeof special === 'function' ? special() : special;
    const number = Number(params.orderId?.slice(4));
    const body = {
      'auth.login': { accessToken: 'token' },
      'order.get': { totalCents: 100 * number, paymentId: `pay-${number}` },
      'payment.charges': { charges: [{ paymentId: `pay-${number}` }] },
      'inventory.audit': { oversoldUnits: 0 },
    }[route];
    return { status: 200, body };
  };
  return { ask, asked };
}

function read(name: string, ask: AskSystem, given: Partial<AuditInput> = {}) {
  const audit = audits.find((candidate) => candidate.name === name);
  const plan = { phases, environment: { scale: 0.5 } } as unknown as LoadPlan;
  const ledger = [order(1), order(2), order(3), { kind: 'broken-contract', atMs: startedAtMs }, order(4)];
  const secrets = { customerPassword: 'secret' };
  return audit?.run({ ledger, plan, startedAtMs, measuredSeconds: 40, secrets, ask, ...given });
}

describe('orders-lost', () => {
  it('is 0 where every order is found as acknowledged', async () => {
    expect(await read('orders-lost', shop().ask)).toEqual([{ reading: 'orders-lost', value: 0 }]);
  });

  it('counts an absent order, another total and another payment', async () => {
    const { ask } = shop({
      'order.get ord-1': { status: 404, body: {} },
      'order.get ord-2': { status: 200, body: { totalCents: 199, paymentId: 'pay-2' } },
      'order.get ord-3': { status: 200, body: { totalCents: 300, paymentId: 'pay-9' } },
    });
    expect(await read('orders-lost', ask)).toEqual([{ reading: 'orders-lost', value: 3 }]);
  });

  it('cannot tell where the system does not answer properly', async () => {
    await expect(
      read('orders-lost', shop({ 'order.get ord-4': { status: 503, body: {} } }).ask),
    ).rejects.toThrow('order.get answered 503');
    await expect(read('orders-lost', shop({ 'auth.login': { status: 401, body: {} } }).ask)).rejects.toThrow(
      'auth.login answered 401',
    );
  });

  it('logs each customer in once, for both audits of orders', async () => {
    const { ask, asked } = shop();
    await Promise.all([read('orders-lost', ask), read('orders-charged-twice', ask)]);
    expect(asked.filter((key) => key === 'auth.login')).toHaveLength(3);
  });
});

describe('orders-charged-twice', () => {
  it('counts orders with more than one charge', async () => {
    const { ask } = shop({ 'payment.charges ref-2': { status: 200, body: { charges: [{}, {}] } } });
    expect(await read('orders-charged-twice', ask)).toEqual([{ reading: 'orders-charged-twice', value: 1 }]);
  });
});

describe('stock-oversold', () => {
  it('reads the audit of inventory', async () => {
    const { ask } = shop({ 'inventory.audit': { status: 200, body: { oversoldUnits: 2 } } });
    expect(await read('stock-oversold', ask)).toEqual([{ reading: 'stock-oversold-units', value: 2 }]);
  });
});

describe('order-throughput', () => {
  const ledger = [order(1, 5), order(2, 15), order(3, 20), order(4, 29.9), order(5, 35), order(6, 41)];

  it('averages the busy holds, as if at full scale', async () => {
    const readings = await read('order-throughput', shop().ask, { ledger });
    expect(readings).toEqual([{ reading: 'orders-per-second-full-scale', value: 3 / 20 / 0.5 }]);
  });

  it('counts only seconds that were run', async () => {
    const readings = await read('order-throughput', shop().ask, { ledger, measuredSeconds: 25 });
    expect(readings).toEqual([{ reading: 'orders-per-second-full-scale', value: 1 / 5 / 0.5 }]);
  });

  it('has no figure for a run that never was busy', async () => {
    expect(await read('order-throughput', shop().ask, { measuredSeconds: 20 })).toEqual([]);
  });
});
