/** What RetailPulse acknowledges under load, and how it is read back: through the same API that customers use. */
import type { SuiteLedger } from '../runner/suite.ts';
import type { RetailRoute } from './catalog.ts';

/** As many orders as `order.history` lists. */
const historyLength = 20;

export const orders: SuiteLedger = {
  name: 'orders',
  kind: 'order',
  write: 'order.place' satisfies RetailRoute,
  read: {
    route: 'order.get' satisfies RetailRoute,
    params: { orderId: 'id' },
    about: { id: 'id' },
    equal: { totalCents: 'totalCents', paymentId: 'paymentId' },
  },
  find: {
    route: 'order.history' satisfies RetailRoute,
    params: {},
    list: 'orders',
    match: { paymentId: 'paymentId' },
    fullAt: historyLength,
  },
  copies: {
    route: 'payment.charges' satisfies RetailRoute,
    params: { orderId: 'orderRef' },
    about: { orderId: 'orderRef' },
    list: 'charges',
    reading: 'orders-charged-twice',
  },
  settleSeconds: 5,
  patienceSeconds: 60,
  /** With a token of the customer who placed the order: others may not see it. */
  async authenticate({ customer }, { ask, secrets }) {
    const credentials = { email: customer, password: secrets.customerPassword ?? '' };
    const { status, body } = await ask('auth.login' satisfies RetailRoute, { body: credentials });
    const { accessToken } = (body ?? {}) as Readonly<Record<string, unknown>>;
    if (status !== 200) throw new Error(`auth.login answered ${status}`);
    if (typeof accessToken !== 'string') throw new Error('auth.login answered without an access token');
    return { authorization: `Bearer ${accessToken}` };
  },
};
