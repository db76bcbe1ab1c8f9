/**
 * Authorises, captures and refunds. An idempotency key names the payment, so a retry is the same
 * payment and is charged once. Charges are looked up by the order reference that the client sends with
 * `authorize` (the `:orderId` of `payment.charges` is that reference, not the order's own id): a customer
 * charged under two keys for one purchase shows as two charges.
 */
import { badRequest, conflict, notFound, unprocessable } from '../kit/errors.ts';
import { derivedId } from '../kit/ids.ts';
import { defineService, withBody } from '../kit/service.ts';

export interface Payment {
  readonly id: string;
  readonly orderRef: string;
  readonly amountCents: number;
  status: 'authorized' | 'captured' | 'refunded' | 'declined';
}

/** The provider speaks its own language; nothing behind this function does (anti-corruption layer). */
function askProvider(card: unknown): Payment['status'] {
  const answer = JSON.stringify(card ?? '').includes('declined') ? 'DO_NOT_HONOUR' : 'APPROVED';
  return answer === 'APPROVED' ? 'authorized' : 'declined';
}

export const payment = defineService({
  name: 'payment',
  capacity: { slotsPerReplica: 3, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 15, write: 70 } },
  start() {
    const payments = new Map<string, Payment>();
    const byOrderRef = new Map<string, Payment[]>();

    const find = (id: string): Payment => {
      const found = payments.get(id);
      if (!found) throw notFound(`payment ${id}`);
      return found;
    };
    const move = (id: string, to: 'captured' | 'refunded', from: Payment['status'][]) => {
      const found = find(id);
      if (found.status !== to && !from.includes(found.status)) throw conflict(`payment is ${found.status}`);
      found.status = to;
      return found;
    };
    const authorize = (id: string, orderRef: string, amountCents: number, card: unknown): Payment => {
      const known = payments.get(id);
      if (known) {
        const same = known.orderRef === orderRef && known.amountCents === amountCents;
        if (!same) throw unprocessable('this idempotency key was used for another payment');
        return known;
      }
      const created: Payment = { id, orderRef, amountCents, status: askProvider(card) };
      payments.set(id, created);
      byOrderRef.set(orderRef, [...(byOrderRef.get(orderRef) ?? []), created]);
      return created;
    };

    return {
      routes: {
        authorize: withBody(
          { amountCents: 'integer', orderRef: 'string', 'card?': 'anything' },
          ({ body, headers }, reply) => {
            const key = headers['idempotency-key'];
            if (typeof key !== 'string') throw badRequest('idempotency-key is missing');
            const found = authorize(derivedId('pay', key), body.orderRef, body.amountCents, body.card);
            return reply.code(found.status === 'declined' ? 402 : 201).send(found);
          },
        ),
        get: ({ params }) => find(params.paymentId),
        capture: ({ params }) => move(params.paymentId, 'captured', ['authorized']),
        refund: ({ params }) => move(params.paymentId, 'refunded', ['authorized', 'captured']),
        charges: ({ params }) => ({
          orderId: params.orderId,
          charges: (byOrderRef.get(params.orderId) ?? [])
            .filter(({ status }) => status === 'authorized' || status === 'captured')
            .map(({ id, amountCents }) => ({ paymentId: id, amountCents })),
        }),
      },
    };
  },
});
