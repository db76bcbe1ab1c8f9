/** Each defect changes the behaviour it names; the healthy sandbox's is in the other tests of this folder. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { ServiceName } from '../../scenarios/catalog.ts';
import { ask, eventually, filledCart, loggedIn, startSandbox } from './sandbox-client.ts';
import { controlOf, type SandboxControl } from './sandbox-control.ts';

const patienceMs = 1_500;

let sandbox: Sandbox;
let control: SandboxControl;
let customer: Record<string, string>;

const stop = () => sandbox?.stop();

async function isUp(service: ServiceName, path = `/${service}/health`): Promise<boolean> {
  const signal = AbortSignal.timeout(patienceMs);
  return fetch(sandbox.serviceUrls[service] + path, { signal }).then(
    ({ ok }) => ok,
    () => false,
  );
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe('a sandbox with the defects that do not get into each other’s way', () => {
  beforeAll(async () => {
    sandbox = await startSandbox({
      tokenLifetimeSeconds: 600,
      defects: [
        'no-circuit-breaker-on-recommendation',
        'ack-before-fsync',
        'no-idempotency',
        'oversell-race',
        'no-health-check',
      ],
    });
    control = controlOf(sandbox);
    customer = await loggedIn(sandbox);
  });

  afterAll(stop);

  test('no circuit breaker on recommendation: pages fail and hang with it', async () => {
    expect((await ask(sandbox, 'storefront.home')).status).toBe(200);
    await control.during({ kind: 'crash', service: 'recommendation' }, async () => {
      expect((await ask(sandbox, 'storefront.home')).status).toBe(503);
    });
    await control.during({ kind: 'hang', service: 'recommendation' }, async () => {
      expect(await isUp('storefront', '/')).toBe(false);
      expect(await isUp('storefront')).toBe(true);
    });
    expect((await ask(sandbox, 'storefront.home')).status).toBe(200);
  });

  test('ack before fsync: a crash loses the last orders, exactly those that the sandbox names', async () => {
    const purchases = await Promise.all(
      ['lost-1', 'lost-2'].map((name) => filledCart(sandbox, customer, name)),
    );
    const last = await Promise.all(purchases.map((purchase) => ask(sandbox, 'order.place', purchase)));
    expect(last.map(({ status }) => status)).toEqual([201, 201]);
    await control.during({ kind: 'crash', service: 'order' }, async () => {});
    const statusOf = async ({ json }: { readonly json: Record<string, unknown> }) =>
      eventually(async () => {
        const params = { orderId: String(json.id) };
        const { status } = await ask(sandbox, 'order.get', { params, headers: customer });
        return status < 500 ? status : undefined;
      });
    expect(await Promise.all(last.map(statusOf))).toEqual([404, 404]);
    const { orders } = (await control.get('/facts')).json as { orders: { lost: string[] } };
    expect(orders.lost.toSorted()).toEqual(last.map(({ json }) => json.id).toSorted());
    expect(orders).toMatchObject({ lostFromMs: expect.any(Number), lostToMs: expect.any(Number) });
  });

  test('no idempotency: a retry is another payment, and charged', async () => {
    const authorize = () =>
      ask(sandbox, 'payment.authorize', {
        headers: { ...customer, 'idempotency-key': 'pay-retry' },
        body: { amountCents: 100, orderRef: 'ref-retry', card: '4111111111111111' },
      });
    expect((await authorize()).json.id).not.toBe((await authorize()).json.id);
    const params = { orderId: 'ref-retry' };
    const { json } = await ask(sandbox, 'payment.charges', { params, headers: customer });
    expect(json.charges).toHaveLength(2);
    expect((await control.get('/facts')).json.orderRefsChargedTwice).toBe(1);
  });

  test('oversell race: a crowd gets all it asks for', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        ask(sandbox, 'inventory.reserve', {
          headers: customer,
          body: { reservationRef: `crowd-${index}`, productId: 'p-00001', quantity: 1 },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(40);
    expect((await ask(sandbox, 'inventory.audit')).json.oversoldUnits).toBe(40 - 8);
    expect((await control.get('/facts')).json.oversoldUnits).toBe(40 - 8);
  });

  test('no health check: what has died stays dead', async () => {
    const parameters = { megabytesPerSecond: 100 };
    await control.during({ kind: 'memory-leak', service: 'notification', parameters }, async () => {
      await eventually(async () => ((await isUp('notification')) ? undefined : true));
    });
    await sleep(2_000);
    expect(await isUp('notification')).toBe(false);
  });
});

describe('the legacy monolith', () => {
  beforeAll(async () => {
    sandbox = await startSandbox({ defects: ['legacy-monolith'] });
    control = controlOf(sandbox);
  });

  afterAll(stop);

  test('takes orders as the services do', async () => {
    const purchase = await filledCart(sandbox, await loggedIn(sandbox), 'monolith');
    expect((await ask(sandbox, 'order.place', purchase)).status).toBe(201);
  });

  test('has two slots for everything', async () => {
    for (const service of ['search', 'cart'] as const) {
      const metrics = await (await fetch(`${sandbox.serviceUrls[service]}/metrics`)).text();
      expect(metrics).toContain(`slots{service="${service}"} 2`);
    }
  });

  test('dies as one and comes back as one', async () => {
    await control.during({ kind: 'crash', service: 'payment' }, async () => {
      expect(await Promise.all([isUp('payment'), isUp('search'), isUp('gateway')])).toEqual([
        false,
        false,
        false,
      ]);
    });
    expect(await Promise.all([isUp('payment'), isUp('search'), isUp('gateway')])).toEqual([true, true, true]);
  });
});
