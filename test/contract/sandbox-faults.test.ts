/** Every kind of fault, at a real sandbox over HTTP: its effect is seen while it lasts, and gone afterwards. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultKinds } from '../../profiles/faults.ts';
import { faultKinds as sandboxKinds } from '../../sandbox/faults/index.ts';
import type { FaultKind } from '../../sandbox/faults/types.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { catalog, type ServiceName } from '../../scenarios/catalog.ts';
import { ask, eventually, filledCart, loggedIn, startSandbox } from './sandbox-client.ts';
import { controlOf, type SandboxControl } from './sandbox-control.ts';

let sandbox: Sandbox;
let control: SandboxControl;
let customer: Record<string, string>;

beforeAll(async () => {
  sandbox = await startSandbox({ tokenLifetimeSeconds: 600 });
  control = controlOf(sandbox);
  customer = await loggedIn(sandbox);
});

afterAll(() => sandbox?.stop());

/** Asks a service itself, past the gateway; the status, or what kept it from answering. */
async function look(service: ServiceName, path: string = catalog[service].health) {
  const startedAtMs = performance.now();
  const signal = AbortSignal.timeout(1_000);
  const seen = await fetch(sandbox.serviceUrls[service] + path, { signal }).then(
    async (response) => ({ status: response.status, text: await response.text() }),
    (error: Error & { cause?: { code?: string } }) => ({
      status: 0,
      text: error.cause?.code ?? error.name,
    }),
  );
  return { ...seen, tookMs: performance.now() - startedAtMs };
}

const monitored = async (service: ServiceName, what: string) =>
  (await look(service, `/internal/monitoring/${what}`)).status;

async function order(name: string) {
  return ask(sandbox, 'order.place', await filledCart(sandbox, customer, name));
}

test('the sandbox knows the kinds and parameters that a profile can name, and takes its defaults', () => {
  expect(Object.keys(sandboxKinds).sort()).toEqual(Object.keys(faultKinds).sort());
  for (const [name, { parameters }] of Object.entries(faultKinds)) {
    const known: FaultKind['parameters'] = sandboxKinds[name as keyof typeof sandboxKinds].parameters;
    expect(Object.keys(known), name).toEqual(Object.keys(parameters));
    for (const [key, value] of Object.entries(parameters)) {
      expect(value).toBeGreaterThanOrEqual(known[key]?.[0] ?? Number.NaN);
      expect(value).toBeLessThanOrEqual(known[key]?.[1] ?? Number.NaN);
    }
  }
});

describe('the control server', () => {
  test('lets in who has the token, and nobody else', async () => {
    const strangers = [{}, { authorization: 'Bearer wrong' }];
    for (const headers of strangers) {
      expect((await fetch(`${sandbox.control.url}/faults`, { headers })).status).toBe(401);
    }
    expect((await control.get('/faults')).json).toEqual({ faults: [] });
  });

  test('says everything that is wrong with a fault', async () => {
    const bad = await control.put('bad', { kind: 'latencyy', service: 'paymint', parameters: [], at: 1 });
    expect([bad.status, bad.json]).toEqual([
      400,
      {
        reasons: [
          'there is no key "at"',
          'there is no kind "latencyy"; did you mean "latency"?',
          'there is no service "paymint"; did you mean "payment"?',
          'parameters is no JSON object',
        ],
      },
    ]);
    const parameters = { latencyMs: -1, jitter: 2 };
    const range = await control.put('bad', { kind: 'latency', service: 'payment', parameters });
    expect([range.status, range.json]).toEqual([
      400,
      {
        reasons: [
          'there is no parameter "jitter"; did you mean "jitterMs"?',
          'latencyMs must be a number from 0 to 60000, not -1',
          'jitterMs must be a number from 0 to 60000, not left out',
        ],
      },
    ]);
    expect((await control.put('bad', 'no object')).status).toBe(400);
  });

  test('refuses what means nothing to a service, and can be asked before', async () => {
    const fault = { kind: 'lost-events', service: 'payment', parameters: { share: 1 } };
    for (const answer of [await control.put('no', fault), await control.check(fault)]) {
      expect([answer.status, answer.json]).toEqual([409, { reasons: ['payment is not the event bus'] }]);
    }
    expect((await control.check({ ...fault, service: 'event-bus' })).status).toBe(200);
    expect((await control.get('/faults')).json).toEqual({ faults: [] });
  });

  test('injects once, takes back as often as it is told, and lists what is active', async () => {
    const fault = { kind: 'errors', service: 'profile', parameters: { share: 1 } };
    for (const _ of [1, 2]) expect((await control.put('once', fault)).status).toBe(200);
    expect((await control.put('once', { ...fault, parameters: { share: 0.5 } })).status).toBe(409);
    expect((await control.put('twice', fault)).status).toBe(409);
    expect((await control.get('/faults')).json).toMatchObject({ faults: [{ id: 'once', ...fault }] });
    expect((await control.get('/faults/once')).status).toBe(200);
    for (const _ of [1, 2]) expect((await control.remove('once')).status).toBe(204);
    expect((await control.remove('never-there')).status).toBe(204);
    expect((await control.get('/faults/once')).status).toBe(404);
    expect((await look('profile')).status).toBe(200);
  });
});

test('crash: refused until it is taken back; then everything that was acknowledged is there, for its callers too', async () => {
  const before = await order('crash');
  const params = { orderId: String(before.json.id) };
  for (const service of ['payment', 'inventory', 'cart', 'order', 'event-bus'] as const) {
    await control.during({ kind: 'crash', service }, async () => {
      expect((await look(service)).text).toBe('ECONNREFUSED');
    });
    expect((await look(service)).status).toBe(200);
  }
  const paymentId = String(before.json.paymentId);
  const reads = async () => [
    (await ask(sandbox, 'order.get', { params, headers: customer })).json,
    (await ask(sandbox, 'payment.get', { params: { paymentId }, headers: customer })).json.status,
    (await ask(sandbox, 'cart.get', { params: { cartId: 'cart-crash' } })).json.totalCents,
  ];
  expect(await reads()).toEqual([before.json, 'authorized', before.json.totalCents]);
  expect((await order('after-crash')).status).toBe(201);
  expect((await control.get('/facts')).json).toMatchObject({ orders: { lost: [] } });
});

test('hang: accepts and does not answer; who still waits is served afterwards', async () => {
  let late: Promise<Response> | undefined;
  await control.during({ kind: 'hang', service: 'catalog' }, async () => {
    expect((await look('catalog')).text).toBe('TimeoutError');
    late = fetch(`${sandbox.serviceUrls.catalog}/catalog/categories`);
  });
  expect((await late)?.status).toBe(200);
  expect((await look('catalog')).status).toBe(200);
});

test('latency: within its jitter', async () => {
  const parameters = { latencyMs: 200, jitterMs: 50 };
  await control.during({ kind: 'latency', service: 'promotion', parameters }, async () => {
    const { status, tookMs } = await look('promotion');
    expect(status).toBe(200);
    expect(tookMs).toBeGreaterThan(149);
  });
  const again = await eventually(async () => {
    const { tookMs } = await look('promotion');
    return tookMs < 149 ? tookMs : undefined;
  });
  expect(again).toBeLessThan(149);
});

test('errors: exactly its share', async () => {
  await control.during({ kind: 'errors', service: 'search', parameters: { share: 0.25 } }, async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 8; index += 1) statuses.push((await look('search')).status);
    expect(statuses).toEqual([200, 200, 200, 500, 200, 200, 200, 500]);
  });
  expect((await look('search')).status).toBe(200);
});

test('refused: the process goes on, nobody can reach it', async () => {
  await control.during({ kind: 'refused', service: 'fulfillment' }, async () => {
    expect((await look('fulfillment')).text).toBe('ECONNREFUSED');
  });
  expect((await look('fulfillment')).status).toBe(200);
});

test('drop: an answer begins and breaks off', async () => {
  await control.during({ kind: 'drop', service: 'feature-flags', parameters: { share: 1 } }, async () => {
    const response = await fetch(`${sandbox.serviceUrls['feature-flags']}/feature-flags/ruleset`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });
  expect((await look('feature-flags')).status).toBe(200);
});

test('bandwidth: the whole answer, a little at a time', async () => {
  const path = '/promotion/openapi.json';
  const whole = await look('promotion', path);
  const parameters = { kilobytesPerSecond: whole.text.length / 1024 / 0.4 };
  await control.during({ kind: 'bandwidth', service: 'promotion', parameters }, async () => {
    const slow = await look('promotion', path);
    expect(slow.text).toBe(whole.text);
    expect(slow.tookMs).toBeGreaterThan(300);
  });
});

test('slow dependency: the service answers, its calls take longer', async () => {
  expect(await monitored('payment', 'dependencies')).toBe(200);
  const parameters = { latencyMs: 300 };
  for (const service of ['payment', 'order', 'gateway'] as const) {
    await control.during({ kind: 'slow-dependency', service, parameters }, async () => {
      expect(await monitored(service, 'dependencies')).toBe(503);
      expect((await look(service)).status).toBe(200);
    });
    expect(await monitored(service, 'dependencies')).toBe(200);
  }
});

test('memory leak: grows until the process dies of it and nothing else does; somebody starts it again', async () => {
  // As fast as it can be asked for.
  const [, megabytesPerSecond] = sandboxKinds['memory-leak'].parameters.megabytesPerSecond as [
    number,
    number,
  ];
  const parameters = { megabytesPerSecond };
  await control.during({ kind: 'memory-leak', service: 'recommendation', parameters }, async () => {
    await eventually(async () => ((await monitored('recommendation', 'memory')) === 503 ? true : undefined));
    await eventually(async () => ((await look('recommendation')).status === 0 ? true : undefined));
    expect((await ask(sandbox, 'recommendation.home')).headers.get('x-fallback')).toBe('recommendation');
    await eventually(async () => ((await look('recommendation')).status === 200 ? true : undefined));
  });
  await eventually(async () => ((await monitored('recommendation', 'memory')) === 200 ? true : undefined));
});

test('cpu burn: answers wait for their turn', async () => {
  await control.during({ kind: 'cpu-burn', service: 'profile', parameters: { share: 0.9 } }, async () => {
    await eventually(async () => ((await look('profile')).tookMs > 150 ? true : undefined));
  });
  await eventually(async () => ((await look('profile')).tookMs < 50 ? true : undefined));
});

test('disk full: an order is refused instead of acknowledged, and can be placed afterwards', async () => {
  const purchase = await filledCart(sandbox, customer, 'disk');
  await control.during({ kind: 'disk-full', service: 'order' }, async () => {
    expect(await monitored('order', 'disk')).toBe(503);
    const refused = await ask(sandbox, 'order.place', purchase);
    expect([refused.status, refused.text]).toEqual([500, expect.stringContaining('ENOSPC')]);
    expect((await ask(sandbox, 'order.history', { headers: customer })).status).toBe(200);
  });
  expect(await monitored('order', 'disk')).toBe(200);
  expect((await ask(sandbox, 'order.place', purchase)).status).toBe(201);
});

test('lost events: acknowledged and never delivered, as many as the sandbox says', async () => {
  const lostBefore = Number((await control.get('/facts')).json.eventsLost);
  const events = Array.from({ length: 10 }, (_, index) => ({ id: `lost-${index}`, type: `order.test` }));
  await control.during({ kind: 'lost-events', service: 'event-bus', parameters: { share: 1 } }, async () => {
    const answer = await ask(sandbox, 'event-bus.publish', { body: { events } });
    expect([answer.status, answer.json.accepted]).toEqual([202, 10]);
  });
  const lost = Number((await control.get('/facts')).json.eventsLost) - lostBefore;
  expect(lost).toBeGreaterThanOrEqual(10);
  const heard = { headers: customer, params: { orderId: String((await order('heard')).json.id) } };
  await eventually(async () =>
    (await ask(sandbox, 'fulfillment.shipment', heard)).status === 200 ? true : undefined,
  );
});

test('stale replica: what was just written is not there yet', async () => {
  const parameters = { lagMs: 60_000 };
  await control.during({ kind: 'stale-replica', service: 'order', parameters }, async () => {
    expect(await monitored('order', 'replication')).toBe(503);
    const placed = await order('stale');
    expect(placed.status).toBe(201);
    const params = { orderId: String(placed.json.id) };
    expect((await ask(sandbox, 'order.get', { params, headers: customer })).status).toBe(404);
  });
  expect(await monitored('order', 'replication')).toBe(200);
  const { json } = await ask(sandbox, 'order.history', { headers: customer });
  expect(json.orders).toContainEqual(expect.objectContaining({ status: 'placed' }));
});

test('clock skew: valid tokens are refused', async () => {
  const parameters = { skewSeconds: 3600 };
  await control.during({ kind: 'clock-skew', service: 'gateway', parameters }, async () => {
    expect(await monitored('gateway', 'clock')).toBe(503);
    expect((await ask(sandbox, 'order.history', { headers: customer })).status).toBe(401);
  });
  expect(await monitored('gateway', 'clock')).toBe(200);
  expect((await ask(sandbox, 'order.history', { headers: customer })).status).toBe(200);
});

test('bad deploy: a share of a share fails, and says where it came from', async () => {
  const parameters = { canaryShare: 0.5, errorShare: 0.5, abortAfterFailures: 0 };
  await control.during({ kind: 'bad-deploy', service: 'experiments', parameters }, async () => {
    const seen: [number, string | null][] = [];
    for (let index = 0; index < 4; index += 1) {
      const { status, headers } = await fetch(`${sandbox.serviceUrls.experiments}/experiments/health`);
      seen.push([status, headers.get('x-release')]);
    }
    expect(seen).toEqual([
      [200, null],
      [200, 'canary'],
      [200, null],
      [500, 'canary'],
    ]);
  });
});

test('bad deploy: aborts itself after as many failures as it may have', async () => {
  const parameters = { canaryShare: 1, errorShare: 1, abortAfterFailures: 2 };
  await control.during({ kind: 'bad-deploy', service: 'experiments', parameters }, async () => {
    const seen: number[] = [];
    for (let index = 0; index < 4; index += 1) seen.push((await look('experiments')).status);
    expect(seen).toEqual([500, 500, 200, 200]);
  });
});

describe('rolling deploy', () => {
  const release = async () =>
    (await fetch(`${sandbox.serviceUrls.search}/search/health`)).headers.get('x-release');

  test('every answer comes, more and more of them from the next release, until that is taken back', async () => {
    const parameters = { replicaSeconds: 1, cutShare: 0 };
    await control.during({ kind: 'rolling-deploy', service: 'search', parameters }, async () => {
      expect([await release(), await monitored('search', 'release')]).toEqual([null, 503]);
      const done = await eventually(async () =>
        (await monitored('search', 'release')) === 200 ? [await release(), await release()] : undefined,
      );
      expect(done).toEqual(['next', 'next']);
    });
    expect([await release(), await monitored('search', 'release')]).toEqual([null, 200]);
  });

  test('a replica that is not drained cuts off what it had just taken', async () => {
    const parameters = { replicaSeconds: 1, cutShare: 1 };
    await control.during({ kind: 'rolling-deploy', service: 'search', parameters }, async () => {
      expect((await look('search')).text).toBe('ECONNRESET');
      await eventually(async () => ((await monitored('search', 'release')) === 200 ? true : undefined));
      expect((await look('search')).status).toBe(200);
    });
  });
});

test('flag roll-out: more and more customers have the flag, and each percentage is a split of its own', async () => {
  const flagOf = async (customerId: string) => {
    const { json } = await ask(sandbox, 'feature-flags.evaluate', { query: `?customerId=${customerId}` });
    return (json as { flags: Record<string, boolean> }).flags['size-advisor'];
  };
  const version = async () =>
    ((await ask(sandbox, 'feature-flags.ruleset')).json as { version: number }).version;
  const before = await version();
  const order = { kind: 'flag-rollout', service: 'feature-flags', parameters: { stepSeconds: 1 } } as const;
  await control.during(order, async () => {
    expect(await monitored('feature-flags', 'flags')).toBe(503);
    // Five steps of a second each.
    const everybody = await eventually(
      async () => ((await version()) === before + 100 ? flagOf('customer-000001') : undefined),
      15_000,
    );
    expect(everybody).toBe(true);
  });
  expect([await version(), await monitored('feature-flags', 'flags')]).toEqual([before, 200]);
  const { json } = await ask(sandbox, 'feature-flags.splits');
  expect((json as { splits: object[] }).splits).toContainEqual({
    ...{ name: 'size-advisor at 100 %', plannedShare: 1, customers: 1, withVariant: 1 },
  });
});

test('a fault that a service has nothing for is refused', async () => {
  const parameters = { stepSeconds: 1 };
  const refused = await control.put('flags', { kind: 'flag-rollout', service: 'payment', parameters });
  expect([refused.status, refused.json]).toEqual([409, expect.anything()]);
});

test('zone loss: nobody, then a copy without the last orders; the sandbox knows which', async () => {
  const parameters = { lagMs: 2_000, failOverMs: 500 };
  const kept = await order('zone-kept');
  await new Promise((done) => setTimeout(done, 2_100));
  const lost = await order('zone-lost');
  const at = (id: unknown) =>
    ask(sandbox, 'order.get', { params: { orderId: String(id) }, headers: customer });
  await control.during({ kind: 'zone-loss', service: 'order', parameters }, async () => {
    expect((await look('order')).text).toBe('ECONNREFUSED');
    await eventually(async () => ((await look('order')).status === 200 ? true : undefined));
    expect((await eventually(async () => whole(await at(kept.json.id)))).status).toBe(200);
    expect((await at(lost.json.id)).status).toBe(404);
  });
  expect((await control.get('/facts')).json).toMatchObject({ orders: { lost: [lost.json.id] } });
  expect((await at(kept.json.id)).status).toBe(200);
});

/** An answer of the service itself: the gateway's breaker may still be open. */
function whole<T extends { readonly status: number }>(answer: T): T | undefined {
  return answer.status < 500 ? answer : undefined;
}
