/** Every route of the catalog, called validly at the sandbox's edge, keeps its contract. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { catalog, type RetailRoute, type ServiceName } from '../../scenarios/catalog.ts';
import { ask, type Content, contractOf, filledCart, loggedIn, startSandbox } from './sandbox-client.ts';

let sandbox: Sandbox;
let customer: Record<string, string>;
let refreshToken: unknown;
let orderId: string;
let reservationId: string;
let spareReservationId: string;
let paymentOfOrder: string;
let paymentId: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  customer = await loggedIn(sandbox);
  const login = await ask(sandbox, 'auth.login', examples()['auth.login']);
  refreshToken = login.json.refreshToken;
  const purchase = await filledCart(sandbox, customer, 'routes');
  reservationId = String(purchase.body.reservationId);
  paymentOfOrder = String(purchase.body.paymentId);
  const order = await ask(sandbox, 'order.place', purchase);
  orderId = String(order.json.id);
  const spare = await ask(sandbox, 'inventory.reserve', examples()['inventory.reserve']);
  spareReservationId = String(spare.json.id);
  const payment = await ask(sandbox, 'payment.authorize', examples()['payment.authorize']);
  paymentId = String(payment.json.id);
});

afterAll(() => sandbox?.stop());

const signed = (body: string): Content => ({
  body,
  headers: {
    'x-signature': createHmac('sha256', sandbox.secrets.webhookSecret).update(body).digest('hex'),
  },
});

/** One valid request per route, and the status it must have where the contract allows several. */
function examples(): Record<RetailRoute, Content & { readonly status?: number }> {
  const email = 'customer-000042@shop.example';
  const headers = customer;
  const product = { params: { productId: 'p-00010' } };
  const payment = { params: { paymentId }, headers };
  return {
    'order.place': {
      headers: { ...headers, 'idempotency-key': 'order-routes' },
      body: {
        orderRef: 'ref-routes',
        cartId: 'cart-routes',
        reservationId,
        paymentId: paymentOfOrder,
        totalCents: 1,
      },
    },
    'order.review': {
      headers,
      body: { cartId: 'cart-routes', reservationId, paymentId: paymentOfOrder, couponCode: 'BLACK10' },
    },
    'order.get': { params: { orderId }, headers },
    'order.history': { headers },
    'order.cancel': { params: { orderId }, headers, status: 200 },
    'catalog.categories': {},
    'catalog.category': { params: { categoryId: 'c-40' } },
    'catalog.product': product,
    'catalog.price': product,
    'inventory.stock': product,
    'inventory.reserve': {
      headers,
      body: { reservationRef: 'spare', productId: 'p-00010', quantity: 1 },
      status: 201,
    },
    'inventory.release': { params: { reservationId: spareReservationId }, headers },
    'inventory.audit': {},
    'auth.login': { body: { email, password: sandbox.secrets.customerPassword }, status: 200 },
    'auth.mfa': { body: { email, code: '000042' } },
    'auth.social': { body: { provider: 'example', providerToken: 'token' } },
    'auth.refresh': { body: { refreshToken } },
    'auth.verify': { headers },
    'profile.me': { headers },
    'profile.addresses': { headers },
    'profile.updateAddress': {
      params: { addressId: 'home' },
      headers,
      body: { street: '1 Hill Road', city: 'Springfield' },
    },
    'profile.updatePreferences': { headers, body: { preferences: { newsletter: true } } },
    'payment.authorize': {
      headers: { ...headers, 'idempotency-key': 'pay-example' },
      body: { amountCents: 1999, orderRef: 'ref-example', card: '4111111111111111' },
      status: 201,
    },
    'payment.get': payment,
    'payment.capture': payment,
    'payment.charges': { params: { orderId: 'ref-routes' }, headers },
    'payment.refund': payment,
    'fulfillment.shipment': { params: { orderId }, headers },
    'fulfillment.track': { params: { trackingId: 'trk-000007' } },
    'fulfillment.pick': { body: { orderId: 'pick-1', productId: 'p-00010', quantity: 1 } },
    'cart.get': { params: { cartId: 'cart-routes' } },
    'cart.putLine': { params: { cartId: 'cart-1', productId: 'p-00010' }, body: { quantity: 1 } },
    'cart.removeLine': { params: { cartId: 'cart-1', productId: 'p-00010' } },
    'search.query': { query: '?q=wireless+lamp' },
    'search.suggest': { query: '?q=la' },
    'search.facets': { query: '?q=lamp' },
    'promotion.active': {},
    'promotion.quote': { body: { cartId: 'cart-1', couponCode: 'BLACK10', subtotalCents: 5000 } },
    'promotion.launch': { body: { productId: 'p-00010', discountPercent: 20 } },
    'recommendation.alsoBought': product,
    'recommendation.home': { query: '?customerId=customer-000042' },
    'notification.inbox': { headers },
    'notification.registerDevice': { headers, body: { platform: 'ios', pushToken: 'push-1' } },
    'gateway.legacyPage': { params: { pageId: 'imprint' } },
    'gateway.unauthorised': { headers: { authorization: 'Bearer stale' } },
    'gateway.status': {},
    'storefront.home': {},
    'storefront.product': product,
    'storefront.asset': { params: { file: 'app.css' } },
    'feature-flags.evaluate': { query: '?customerId=customer-000042' },
    'feature-flags.ruleset': { status: 200 },
    'feature-flags.splits': {},
    'experiments.assign': { query: '?customerId=customer-000042' },
    'experiments.expose': {
      body: { customerId: 'customer-000042', assignments: { 'exp-01': 'treatment' } },
    },
    'experiments.splits': {},
    'analytics.ingest': { body: { events: [{ type: 'page_view' }] } },
    'analytics.dashboard': { params: { dashboardId: 'sales' } },
    'analytics.freshness': {},
    'webhooks.payment': { ...signed('{"id":"callback-1"}'), status: 202 },
    'webhooks.carrier': { ...signed('{"id":"callback-2"}'), status: 202 },
    'event-bus.publish': { body: { type: 'stock.counted', data: { productId: 'p-00010' } } },
    'event-bus.lag': {},
    'data-sync.replicate': { body: { id: 'record-1', entity: 'customer' } },
    'data-sync.divergence': {},
  };
}

const services = Object.keys(catalog) as ServiceName[];
// In the order of the catalog: an order is read before it is cancelled, a payment before it is refunded.
const keys = services.flatMap((service) =>
  Object.keys(catalog[service].routes).map((route) => `${service}.${route}` as RetailRoute),
);

test.each(keys)('%s keeps its contract', async (key) => {
  const { status, ...content } = examples()[key];
  const { contract } = contractOf(key);
  const answer = await ask(sandbox, key, content);
  expect(status === undefined ? contract.status : [status], answer.text).toContain(answer.status);
  if (answer.status < 300) {
    for (const field of contract.fields ?? []) expect(answer.json).toHaveProperty(field);
    if (contract.contains) expect(answer.text).toContain(contract.contains);
  }
});

describe.each(services)('%s', (service) => {
  test('is healthy, documents its routes and has metrics', async () => {
    const own = sandbox.serviceUrls[service];
    const health = await fetch(own + catalog[service].health);
    expect(health.status).toBe(200);
    const document = await fetch(`${sandbox.baseUrls[service]}/${service}/openapi.json`);
    const { openapi, paths } = (await document.json()) as { openapi: string; paths: object };
    expect(openapi).toBe('3.1.0');
    const documented = Object.values(catalog[service].routes).map(({ path }) =>
      path.replace(/:(\w+)/g, '{$1}'),
    );
    expect(Object.keys(paths).sort()).toEqual([...new Set(documented)].sort());
    const metrics = await fetch(`${own}/metrics`);
    expect(await metrics.text()).toContain(`replicas{service="${service}"} `);
  });

  test('asks for a customer where the catalog says so', async () => {
    const guarded = keys.filter(
      (key) => key.startsWith(`${service}.`) && contractOf(key).auth === 'customer',
    );
    for (const key of guarded) {
      const { headers, status, ...content } = examples()[key];
      const forged = { ...headers, authorization: 'Bearer forged', 'x-customer-id': 'customer-000042' };
      expect((await ask(sandbox, key, { ...content, headers: forged })).status, key).toBe(401);
    }
  });
});

test('the page of links names every service', async () => {
  const page = await (await fetch(sandbox.linksUrl)).text();
  for (const service of services) expect(page).toContain(`${sandbox.serviceUrls[service]}/metrics`);
});

test('lists every service for Prometheus to scrape, in the format of its HTTP service discovery', async () => {
  const groups = (await (await fetch(sandbox.targetsUrl)).json()) as { targets: string[] }[];
  const hosts = Object.values(sandbox.serviceUrls).map((url) => new URL(url).host);
  expect(groups).toEqual([{ targets: hosts }]);
});
