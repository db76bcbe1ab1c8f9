/**
 * Places, reads and cancels orders; owns the ledger. An order is acknowledged only when its record is
 * on disk. Its id follows from the idempotency key, so a retry finds the same order.
 */
import { busEvent, Outbox } from '../kit/bus.ts';
import { customerOf } from '../kit/customer.ts';
import { badRequest, conflict, notFound, unprocessable } from '../kit/errors.ts';
import { derivedId } from '../kit/ids.ts';
import { defineService, type Kit, withBody } from '../kit/service.ts';
import type { StateOf, Store } from '../kit/store.ts';
import type { Payment } from './payment.ts';
import type { Reservation } from './stock.ts';

interface OrderRequest {
  readonly orderRef: string;
  readonly cartId: string;
  readonly reservationId: string;
  readonly paymentId: string;
  readonly totalCents: number;
  readonly couponCode?: string;
}

/** What is seen on the order page: an order that may not be complete yet. */
type OrderDraft = Pick<OrderRequest, 'cartId' | 'reservationId' | 'paymentId' | 'couponCode'>;

interface Order extends OrderRequest {
  readonly id: string;
  readonly customerId: string;
  status: 'placed' | 'cancelled';
}

type OrderRecord =
  | ({ readonly event: 'placed' } & Omit<Order, 'status'>)
  | { readonly event: 'cancelled'; readonly id: string };

interface Ledger {
  readonly byId: Map<string, Order>;
  readonly byCustomer: Map<string, readonly Order[]>;
}

const ledger: StateOf<Ledger, OrderRecord> = {
  create: () => ({ byId: new Map(), byCustomer: new Map() }),
  apply({ byId, byCustomer }, record) {
    const known = byId.get(record.id);
    if (record.event === 'cancelled') {
      if (known) known.status = 'cancelled';
    } else if (!known) {
      const order: Order = { ...record, status: 'placed' };
      byId.set(order.id, order);
      byCustomer.set(order.customerId, [order, ...(byCustomer.get(order.customerId) ?? [])]);
    }
  },
};

const historyLength = 20;

/** Asks cart, promotion and payment whether this is what the customer agreed to; throws 422 if not. */
async function validate(kit: Kit, wanted: OrderRequest): Promise<void> {
  const [dueCents, paidCents] = await Promise.all([due(kit, wanted), paid(kit, wanted)]);
  if (wanted.totalCents !== dueCents) throw unprocessable(`the total is ${dueCents}`);
  if (paidCents === undefined) throw unprocessable('the payment is not authorised');
  if (paidCents !== dueCents) throw unprocessable('the payment is over another amount');
}

/** What an order needs before it can be placed, and whether it is there. */
async function review(kit: Kit, draft: OrderDraft) {
  const [totalCents, paidCents, isReserved] = await Promise.all([
    due(kit, draft),
    paid(kit, draft),
    reserved(kit, draft),
  ]);
  return { totalCents, isReserved, isPaid: paidCents === totalCents };
}

/** The cart's total less the coupon's discount. */
async function due(kit: Kit, draft: OrderDraft): Promise<number> {
  const path = `/cart/${encodeURIComponent(draft.cartId)}`;
  const { totalCents } = (await kit.client('cart').call<{ totalCents: number }>(path)).body;
  return totalCents - (await quote(kit, draft, totalCents));
}

/** The amount of a payment that stands; undefined if none does. */
async function paid(kit: Kit, { paymentId }: OrderDraft): Promise<number | undefined> {
  const path = `/payment/authorizations/${encodeURIComponent(paymentId)}`;
  const { status, body } = await kit.client('payment').call<Payment>(path);
  const stands = status === 200 && (body.status === 'authorized' || body.status === 'captured');
  return stands ? body.amountCents : undefined;
}

async function reserved(kit: Kit, { reservationId }: OrderDraft): Promise<boolean> {
  const path = `/internal/reservations/${encodeURIComponent(reservationId)}`;
  const { status, body } = await kit.client('inventory').call<Reservation>(path);
  return status === 200 && body.status === 'reserved';
}

async function quote(kit: Kit, { cartId, couponCode }: OrderDraft, subtotalCents: number): Promise<number> {
  if (!couponCode) return 0;
  const answer = await kit.client('promotion').call<{ discountCents: number }>('/promotion/quotes', {
    method: 'POST',
    body: { cartId, couponCode, subtotalCents },
    idempotent: true,
  });
  return answer.body.discountCents;
}

/** Tells inventory what becomes of a reservation; throws 409 if it is no longer there. */
async function settle(kit: Kit, reservationId: string, how: 'commit' | 'return'): Promise<void> {
  const path = `/internal/reservations/${encodeURIComponent(reservationId)}/${how}`;
  const answer = await kit.client('inventory').call(path, { method: 'POST', idempotent: true });
  if (answer.status !== 200) throw conflict('the reservation is gone');
}

class Orders {
  readonly #kit: Kit;
  readonly #ledger: Store<Ledger, OrderRecord>;
  readonly #outbox: Outbox;
  /** Orders on their way to disk: a retry that overtakes the first attempt waits for it. */
  readonly #placing = new Map<string, Promise<Order>>();

  constructor(kit: Kit, store: Store<Ledger, OrderRecord>) {
    this.#kit = kit;
    this.#ledger = store;
    this.#outbox = new Outbox(kit.client('event-bus'));
    // Whether the bus had heard of them when the process ended is not known; who hears it twice counts it once.
    for (const order of store.state.byId.values()) {
      this.#announce('placed', order);
      if (order.status === 'cancelled') this.#announce('cancelled', order);
    }
  }

  async place(key: string, customerId: string, wanted: OrderRequest): Promise<Order> {
    const id = derivedId('ord', key);
    const known = this.#ledger.state.byId.get(id) ?? (await this.#placing.get(id));
    if (known) {
      if (known.orderRef !== wanted.orderRef) throw unprocessable('this key was used for another order');
      return known;
    }
    const placing = this.#place({ ...wanted, id, customerId, status: 'placed' });
    this.#placing.set(id, placing);
    return placing.finally(() => this.#placing.delete(id));
  }

  async #place(order: Order): Promise<Order> {
    await validate(this.#kit, order);
    await settle(this.#kit, order.reservationId, 'commit');
    const { status, ...placed } = order;
    await this.#ledger.append({ event: 'placed', ...placed });
    this.#announce('placed', order);
    return order;
  }

  #announce(what: Order['status'], { id, customerId, totalCents }: Order): void {
    this.#outbox.publish(busEvent(`order.${what}`, { orderId: id, customerId, totalCents }, `${id}-${what}`));
  }

  history(customerId: string): readonly Order[] {
    return this.#ledger.readable.byCustomer.get(customerId) ?? [];
  }

  find(id: string, customerId: string): Order {
    return ownOrder(this.#ledger.readable, id, customerId);
  }

  async cancel(id: string, customerId: string): Promise<Order> {
    const order = ownOrder(this.#ledger.state, id, customerId);
    if (order.status === 'cancelled') throw conflict('already cancelled');
    // Each step can be repeated without harm, so a cancellation that failed half-way is simply sent again.
    const refund = `/payment/authorizations/${order.paymentId}/refund`;
    await this.#kit.client('payment').call(refund, { method: 'POST', idempotent: true });
    await settle(this.#kit, order.reservationId, 'return');
    await this.#ledger.append({ event: 'cancelled', id });
    this.#announce('cancelled', order);
    return order;
  }
}

function ownOrder({ byId }: Ledger, id: string, customerId: string): Order {
  const order = byId.get(id);
  if (order?.customerId !== customerId) throw notFound(`order ${id}`);
  return order;
}

const summary = ({ id, status, totalCents, paymentId }: Order) => ({ id, status, totalCents, paymentId });

export const order = defineService({
  name: 'order',
  capacity: { slotsPerReplica: 3, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 20, write: 60 } },
  async start(kit) {
    const orders = new Orders(kit, await kit.store(ledger, { isLedger: true }));
    return {
      routes: {
        place: withBody(
          {
            orderRef: 'string',
            cartId: 'string',
            reservationId: 'string',
            paymentId: 'string',
            totalCents: 'integer',
            'couponCode?': 'string',
          },
          async (request, reply) => {
            const key = request.headers['idempotency-key'];
            if (typeof key !== 'string') throw badRequest('idempotency-key is missing');
            const placed = await orders.place(key, customerOf(request), request.body);
            reply.raw.once('finish', () => kit.acknowledged(placed.id, Date.now()));
            return reply.code(201).send(summary(placed));
          },
        ),
        review: withBody(
          { cartId: 'string', reservationId: 'string', paymentId: 'string', 'couponCode?': 'string' },
          ({ body }) => review(kit, body),
        ),
        get: (request) => summary(orders.find(request.params.orderId, customerOf(request))),
        history: (request) => ({
          orders: orders.history(customerOf(request)).slice(0, historyLength).map(summary),
        }),
        cancel: async (request) => summary(await orders.cancel(request.params.orderId, customerOf(request))),
      },
    };
  },
});
