/** Talks to a running sandbox as a client of the catalog does: route by route, at the edge. */

import type { Sandbox } from '../../sandbox/sandbox.ts';
import { catalog, type RetailRoute, type ServiceName } from '../../scenarios/catalog.ts';
import { type Route, routeOf } from '../../scenarios/model.ts';

/** The compiled sandbox: its worker threads are JavaScript files beside it. */
export const { startSandbox } = (await import(
  new URL('../../dist/sandbox/sandbox.js', import.meta.url).href
)) as typeof import('../../sandbox/sandbox.ts');

export interface Content {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed answer; `{}` if it is no JSON. */
  readonly json: Record<string, unknown>;
}

export function contractOf(key: RetailRoute): Route {
  const found = routeOf(catalog, key);
  if (!found) throw new Error(`no route ${key}`);
  return found.route;
}

export async function ask(
  { baseUrls }: Pick<Sandbox, 'baseUrls'>,
  key: RetailRoute,
  { params = {}, query = '', headers = {}, body }: Content = {},
): Promise<Answer> {
  const { method, path } = contractOf(key);
  const service = key.slice(0, key.indexOf('.')) as ServiceName;
  const url = baseUrls[service] + path.replace(/:(\w+)/g, (_, name) => params[name] ?? '') + query;
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
}

/** Headers of a customer who has just logged in. */
export async function loggedIn(sandbox: Sandbox, number = 42): Promise<Record<string, string>> {
  const email = `customer-${String(number).padStart(6, '0')}@shop.example`;
  const { json } = await ask(sandbox, 'auth.login', {
    body: { email, password: sandbox.secrets.customerPassword },
  });
  return { authorization: `Bearer ${json.accessToken}` };
}

export interface Purchase {
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;
}

/** Everything an order needs, under ids that follow from `name`. */
export async function filledCart(
  sandbox: Sandbox,
  customer: Record<string, string>,
  name: string,
): Promise<Purchase> {
  const productId = 'p-00007';
  const cartId = `cart-${name}`;
  const cart = await ask(sandbox, 'cart.putLine', { params: { cartId, productId }, body: { quantity: 2 } });
  const reservation = await ask(sandbox, 'inventory.reserve', {
    headers: customer,
    body: { reservationRef: `res-${name}`, productId, quantity: 2 },
  });
  const totalCents = cart.json.totalCents;
  const payment = await ask(sandbox, 'payment.authorize', {
    headers: { ...customer, 'idempotency-key': `pay-${name}` },
    body: { amountCents: totalCents, orderRef: `ref-${name}`, card: '4111111111111111' },
  });
  return {
    body: {
      orderRef: `ref-${name}`,
      cartId,
      reservationId: reservation.json.id,
      paymentId: payment.json.id,
      totalCents,
    },
    headers: { ...customer, 'idempotency-key': `order-${name}` },
  };
}

/** Repeats a look until it finds something, for what is true only eventually; throws where it finds nothing in time. */
export async function eventually<T>(look: () => Promise<T | undefined>, patienceMs = 5_000): Promise<T> {
  const endsAtMs = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > endsAtMs) throw new Error('never came true');
    await new Promise((done) => setTimeout(done, 50));
  }
}
