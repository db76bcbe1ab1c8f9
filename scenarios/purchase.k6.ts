/** The steps from a filled cart to an acknowledged order, shared by the journeys that end in one. */
import type { Customer } from './data.ts';
import type { Visitor } from './retailpulse.k6.ts';
import { paymentsPerPurchase } from './traffic.ts';

export interface Purchase {
  readonly customer: Customer;
  readonly cartId: string;
  readonly reservationId: string;
  readonly totalCents: number;
  readonly couponCode?: string;
}

/** Takes one unit out of stock; undefined if it is sold out, which is an answer and no failure. */
export function reserve(visit: Visitor<'inventory.reserve'>, productId: string): string | undefined {
  const reservation = visit.ask('inventory.reserve', {
    body: { reservationRef: `res-${visit.id}`, productId, quantity: 1 },
  });
  return reservation.status === 201 ? reservation.text('id') : undefined;
}

/**
 * Authorises the amount under the visit's idempotency key; undefined if the provider declines the card.
 * A repetition names the payment that it has to get again: another one would charge the customer twice.
 */
export function authorize(
  visit: Visitor<'payment.authorize'>,
  amountCents: number,
  again?: string,
): string | undefined {
  const payment = visit.ask('payment.authorize', {
    headers: { 'idempotency-key': `pay-${visit.id}` },
    body: { amountCents, orderRef: orderRefOf(visit), card: testCard },
    doubt: (payment) => {
      if (payment.amountCents !== amountCents) return `authorised ${payment.amountCents}, not ${amountCents}`;
      return again === undefined || payment.id === again ? undefined : 'a second payment under one key';
    },
  });
  return payment.status === 201 ? payment.text('id') : undefined;
}

/** Pays and places the order; writes both to the ledger, from which it is read back after the load (ledgers.ts). */
export function buy(
  visit: Visitor<'payment.authorize' | 'order.place'>,
  { customer, cartId, reservationId, totalCents, couponCode }: Purchase,
): string | undefined {
  const paymentId = authorize(visit, totalCents);
  if (paymentId === undefined) return undefined;
  // The button pressed twice must be one payment; what was charged is looked up after the load.
  if (visit.random.next() < impatientShare) authorize(visit, totalCents);
  const orderRef = orderRefOf(visit);
  const known = { orderRef, totalCents, paymentId, reservationId, customer: customer.email };
  const placed = visit.attempt('order', orderRef, known, () => {
    const order = visit.ask('order.place', {
      headers: { 'idempotency-key': `order-${visit.id}` },
      body: { orderRef, cartId, reservationId, paymentId, totalCents, couponCode },
    });
    return { id: order.text('id') };
  });
  return placed?.id;
}

/** Customers who press the button twice. */
const impatientShare = paymentsPerPurchase - 1;

/** The well-known test number that no bank ever issued. */
const testCard = '4111111111111111';

function orderRefOf(visit: { readonly id: string }): string {
  return `ref-${visit.id}`;
}
