/** What the sandbox promises beyond shapes of answers: nothing sold twice, lost or charged twice, and outages contained. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { ask, eventually, filledCart, loggedIn, startSandbox } from './sandbox-client.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
let sandbox: Sandbox;
let customer: Record<string, string>;

beforeAll(async () => {
  sandbox = await startSandbox({ dataFolder });
  customer = await loggedIn(sandbox);
});

afterAll(async () => {
  await sandbox?.stop();
  rmSync(dataFolder, { recursive: true });
});

test('a crowd gets exactly the units there are', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      ask(sandbox, 'inventory.reserve', {
        headers: customer,
        body: { reservationRef: `crowd-${index}`, productId: 'p-00001', quantity: 1 },
      }),
    ),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(8);
  expect(answers.find(({ status }) => status === 409)?.json).toEqual({ id: null, status: 'sold-out' });
  const audit = await ask(sandbox, 'inventory.audit');
  expect(audit.json.oversoldUnits).toBe(0);
  const available = await eventually(async () => {
    const { json } = await ask(sandbox, 'inventory.stock', { params: { productId: 'p-00001' } });
    return json.available === 0 ? 0 : undefined;
  });
  expect(available).toBe(0);
});

test('an order sent three times at once is placed once, charged once and on disk', async () => {
  const purchase = await filledCart(sandbox, customer, 'once');
  const again = await filledCart(sandbox, customer, 'once');
  expect(again.body.paymentId).toBe(purchase.body.paymentId);
  const answers = await Promise.all([1, 2, 3].map(() => ask(sandbox, 'order.place', purchase)));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  const [first] = answers;
  for (const answer of answers) expect(answer.json).toEqual(first?.json);

  const placed = readFileSync(join(dataFolder, 'order.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(String(first?.json.id)));
  expect(placed).toHaveLength(1);
  expect(JSON.parse(placed[0] ?? '')).toMatchObject({ event: 'placed', orderRef: 'ref-once' });

  const { json } = await ask(sandbox, 'payment.charges', {
    params: { orderId: 'ref-once' },
    headers: customer,
  });
  expect(json.charges).toEqual([
    { paymentId: purchase.body.paymentId, amountCents: purchase.body.totalCents },
  ]);
});

test('a second key for one purchase shows as a second charge', async () => {
  for (const key of ['twice-1', 'twice-2']) {
    await ask(sandbox, 'payment.authorize', {
      headers: { ...customer, 'idempotency-key': key },
      body: { amountCents: 100, orderRef: 'ref-twice', card: '4111111111111111' },
    });
  }
  const { json } = await ask(sandbox, 'payment.charges', {
    params: { orderId: 'ref-twice' },
    headers: customer,
  });
  expect(json.charges).toHaveLength(2);
});

test('an order of another total than the cart is refused', async () => {
  const { body, headers } = await filledCart(sandbox, customer, 'cheaper');
  const answer = await ask(sandbox, 'order.place', { headers, body: { ...body, totalCents: 1 } });
  expect(answer.status).toBe(422);
});

test('a coupon lowers the total, and the order agrees', async () => {
  const { body, headers } = await filledCart(sandbox, customer, 'coupon');
  const couponCode = 'BLACK10';
  const subtotalCents = Number(body.totalCents);
  const quote = await ask(sandbox, 'promotion.quote', { body: { couponCode, subtotalCents } });
  const totalCents = subtotalCents - Number(quote.json.discountCents);
  const payment = await ask(sandbox, 'payment.authorize', {
    headers: { ...customer, 'idempotency-key': 'pay-coupon-discounted' },
    body: { amountCents: totalCents, orderRef: 'ref-coupon', card: '4111111111111111' },
  });
  const wanted = { ...body, couponCode, totalCents, paymentId: payment.json.id };
  const answer = await ask(sandbox, 'order.place', { headers, body: wanted });
  expect([answer.status, answer.json.totalCents]).toEqual([201, totalCents]);
});

test('the order page tells what is due, and what is still missing', async () => {
  const { body } = await filledCart(sandbox, customer, 'review');
  const look = async (changes: object) =>
    (await ask(sandbox, 'order.review', { headers: customer, body: { ...body, ...changes } })).json;
  const { totalCents } = body;
  expect(await look({})).toEqual({ totalCents, isReserved: true, isPaid: true });
  expect(await look({ reservationId: 'none' })).toEqual({ totalCents, isReserved: false, isPaid: true });
  expect(await look({ paymentId: 'none' })).toEqual({ totalCents, isReserved: true, isPaid: false });
  const discounted = await look({ couponCode: 'BLACK10' });
  expect(discounted).toMatchObject({ isPaid: false });
  expect(Number(discounted.totalCents)).toBeLessThan(Number(totalCents));
});

test("an order's event reaches fulfillment and the customer's inbox through the bus", async () => {
  const order = await ask(sandbox, 'order.place', await filledCart(sandbox, customer, 'event'));
  const orderId = String(order.json.id);
  const shipment = await eventually(async () => {
    const answer = await ask(sandbox, 'fulfillment.shipment', { params: { orderId }, headers: customer });
    return answer.status === 200 ? answer.json : undefined;
  });
  expect(shipment.status).toBe('preparing');
  const inbox = await ask(sandbox, 'notification.inbox', { headers: customer });
  expect(inbox.text).toContain(orderId);
});

test('an order is nobody else’s to read', async () => {
  const order = await ask(sandbox, 'order.place', await filledCart(sandbox, customer, 'private'));
  const params = { orderId: String(order.json.id) };
  const stranger = await loggedIn(sandbox, 43);
  expect((await ask(sandbox, 'order.get', { params, headers: stranger })).status).toBe(404);
  expect((await ask(sandbox, 'order.get', { params, headers: customer })).status).toBe(200);
});

test('a forged call-back and a wrong password are refused', async () => {
  const forged = { headers: { 'x-signature': '0'.repeat(64) }, body: '{"id":"forged"}' };
  expect((await ask(sandbox, 'webhooks.payment', forged)).status).toBe(401);
  const body = { email: 'customer-000042@shop.example', password: 'wrong' };
  expect((await ask(sandbox, 'auth.login', { body })).status).toBe(401);
});

test('a poller with the current rule set gets 304', async () => {
  const { headers } = await ask(sandbox, 'feature-flags.ruleset');
  const again = { headers: { 'if-none-match': headers.get('etag') ?? '' } };
  expect((await ask(sandbox, 'feature-flags.ruleset', again)).status).toBe(304);
});

test('dashboards are less than five seconds old', async () => {
  const { json } = await ask(sandbox, 'analytics.freshness');
  expect(json.ageSeconds).toBeLessThan(5);
});

describe('when recommendation is killed', () => {
  beforeAll(() => sandbox.kill('recommendation'));

  test('its own port refuses connections', async () => {
    await expect(fetch(`${sandbox.serviceUrls.recommendation}/recommendation/health`)).rejects.toThrow();
  });

  test('the gateway answers in its place and says so', async () => {
    const answer = await ask(sandbox, 'recommendation.alsoBought', { params: { productId: 'p-00011' } });
    expect([answer.status, answer.headers.get('x-fallback')]).toEqual([200, 'recommendation']);
    expect(answer.json).toEqual({ products: [] });
  });

  test('product pages come without its shelf', async () => {
    const answer = await ask(sandbox, 'storefront.product', { params: { productId: 'p-00012' } });
    expect([answer.status, answer.headers.get('x-fallback')]).toEqual([200, 'recommendation']);
    expect(answer.text).toContain('<h1>');
  });

  test('checkout does not notice', async () => {
    const answer = await ask(sandbox, 'order.place', await filledCart(sandbox, customer, 'alone'));
    expect(answer.status).toBe(201);
  });
});

test('a request under way at a killed service is cut off', async () => {
  const under = ask({ baseUrls: sandbox.serviceUrls }, 'fulfillment.track', {
    params: { trackingId: 'trk-1' },
  });
  const cut = expect(under).rejects.toThrow();
  await sandbox.kill('fulfillment');
  await cut;
});

test('an asset that nobody put there is not found, whatever it is called', async () => {
  for (const file of ['nothing.js', 'constructor', '__proto__']) {
    const { status } = await ask(sandbox, 'storefront.asset', { params: { file } });
    expect(status).toBe(404);
  }
});
