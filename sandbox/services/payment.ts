/**
 * Authorises, captures and refunds. An idempotency key names the payment, so a retry is the same
 * payment and is charged once. Charges are looked up by the order reference that the client sends with
 * `authorize` (the `:orderId` of `payment.charges` is that reference, not the order's own id): a customer
 * charged under two keys for one purchase shows as two charges.
 */
import { setTimeout } from 'node:timers/promises';
import { badRequest, conflict, notFound, unprocessable } from '../kit/errors.ts';
import { derivedId } from '../kit/ids.ts';
import { defineService, type Kit, withBody } from '../kit/service.ts';
import type { StateOf, Store } from '../kit/store.ts';

export interface Payment {
  readonly id: string;
  readonly orderRef: string;
  readonly amountCents: number;
  status: 'authorized' | 'captured' | 'refunded' | 'declined';
}

type PaymentRecord =
  | ({ readonly event: 'authorized' } & Readonly<Payment>)
  | { readonly event: 'moved'; readonly id: string; readonly status: Payment['status'] };

interface Book {
  readonly byId: Map<string, Payment>;
  readonly byOrderRef: Map<string, readonly Payment[]>;
}

const book: StateOf<Book, PaymentRecord> = {
  create: () => ({ byId: new Map(), byOrderRef: new Map() }),
  apply({ byId, byOrderRef }, record) {
    const known = byId.get(record.id);
    if (record.event === 'moved') {
      if (known) known.status = record.status;
    } else if (!known) {
      const { id, orderRef, amountCents, status } = record;
      const payment: Payment = { id, orderRef, amountCents, status };
      byId.set(id, payment);
      byOrderRef.set(orderRef, [...(byOrderRef.get(orderRef) ?? []), payment]);
    }
  },
};

/** The provider speaks its own language; nothing behind this function does (anti-corruption layer). */
async function askProvider({ conditions }: Kit, card: unknown): Promise<Payment['status']> {
  if (conditions.outgoingDelayMs > 0) await setTimeout(conditions.outgoingDelayMs);
  const answer = JSON.stringify(card ?? '').includes('declined') ? 'DO_NOT_HONOUR' : 'APPROVED';
  return answer === 'APPROVED' ? 'authorized' : 'declined';
}

const isCharge = ({ status }: Payment): boolean => status === 'authorized' || status === 'captured';

class Payments {
  readonly #kit: Kit;
  readonly #store: Store<Book, PaymentRecord>;
  #requests = 0;

  constructor(kit: Kit, store: Store<Book, PaymentRecord>) {
    this.#kit = kit;
    this.#store = store;
    kit.dependsOn('provider', () => askProvider(kit, undefined));
  }

  find(id: string): Payment {
    return found(this.#store.readable, id);
  }

  charges(orderRef: string): readonly Payment[] {
    return (this.#store.readable.byOrderRef.get(orderRef) ?? []).filter(isCharge);
  }

  async authorize(key: string, orderRef: string, amountCents: number, card: unknown): Promise<Payment> {
    this.#requests += 1;
    const id = derivedId('pay', this.#kit.has('no-idempotency') ? `${key}-${this.#requests}` : key);
    const { byId } = this.#store.state;
    if (!byId.has(id)) {
      const status = await askProvider(this.#kit, card);
      // A retry that overtook this request writes the same record: the first one counts.
      await this.#store.append({ event: 'authorized', id, orderRef, amountCents, status });
    }
    const payment = found(this.#store.state, id);
    const isSame = payment.orderRef === orderRef && payment.amountCents === amountCents;
    if (!isSame) throw unprocessable('this idempotency key was used for another payment');
    return payment;
  }

  async move(id: string, to: 'captured' | 'refunded', from: readonly Payment['status'][]): Promise<Payment> {
    const payment = found(this.#store.state, id);
    if (payment.status === to) return payment;
    if (!from.includes(payment.status)) throw conflict(`payment is ${payment.status}`);
    await this.#store.append({ event: 'moved', id, status: to });
    return payment;
  }

  /** References that more than one charge was made for. */
  chargedTwice(): number {
    const all = [...this.#store.state.byOrderRef.values()];
    return all.filter((payments) => payments.filter(isCharge).length > 1).length;
  }
}

function found({ byId }: Book, id: string): Payment {
  const payment = byId.get(id);
  if (!payment) throw notFound(`payment ${id}`);
  return payment;
}

export const payment = defineService({
  name: 'payment',
  capacity: { slotsPerReplica: 3, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 15, write: 70 } },
  async start(kit) {
    const payments = new Payments(kit, await kit.store(book));
    return {
      facts: () => ({ orderRefsChargedTwice: payments.chargedTwice() }),
      routes: {
        authorize: withBody(
          { amountCents: 'integer', orderRef: 'string', 'card?': 'anything' },
          async ({ body, headers }, reply) => {
            const key = headers['idempotency-key'];
            if (typeof key !== 'string') throw badRequest('idempotency-key is missing');
            const { amountCents, orderRef, card } = body;
            const payment = await payments.authorize(key, orderRef, amountCents, card);
            return reply.code(payment.status === 'declined' ? 402 : 201).send(payment);
          },
        ),
        get: ({ params }) => payments.find(params.paymentId),
        capture: ({ params }) => payments.move(params.paymentId, 'captured', ['authorized']),
        refund: ({ params }) => payments.move(params.paymentId, 'refunded', ['authorized', 'captured']),
        charges: ({ params }) => ({
          orderId: params.orderId,
          charges: payments
            .charges(params.orderId)
            .map(({ id, amountCents }) => ({ paymentId: id, amountCents })),
        }),
      },
    };
  },
});
