/**
 * Stock and reservations. Reads are eventually consistent: they come from a snapshot a fraction of a
 * second old. Grants are decided on the counters; the audit replays a separate log of grants, so that
 * an error in the counters would show.
 */
import { conflict, notFound } from '../kit/errors.ts';
import { derivedId } from '../kit/ids.ts';
import { defineService, withBody } from '../kit/service.ts';
import type { Store } from '../kit/store.ts';
import {
  availableOf,
  type Counters,
  counting,
  type Grant,
  initialUnits,
  oversoldUnits,
  type Reservation,
  type StockRecord,
} from './stock.ts';

const snapshotMs = 250;
/** How far the copy lags that the defect decides on: the units of one product go within seconds. */
const raceMs = 20_000;

class Stock {
  readonly #store: Store<Counters, StockRecord>;
  readonly #decidesOnCopy: boolean;
  /** Units promised to reservations that are being written. */
  readonly #promised = new Map<string, number>();
  readonly #reserving = new Map<string, Promise<Reservation>>();
  #snapshot: ReadonlyMap<string, number> = new Map();

  constructor(store: Store<Counters, StockRecord>, decidesOnCopy: boolean) {
    this.#store = store;
    this.#decidesOnCopy = decidesOnCopy;
  }

  get grants(): readonly Grant[] {
    return this.#store.state.grants;
  }

  visible(productId: string): number {
    return this.#snapshot.get(productId) ?? initialUnits(productId);
  }

  publishSnapshot(): void {
    this.#snapshot = new Map(this.#store.readable.available);
  }

  /** Undefined when sold out. The same reference gets the same reservation. */
  async reserve(
    reservationRef: string,
    productId: string,
    quantity: number,
  ): Promise<Reservation | undefined> {
    const id = derivedId('rsv', reservationRef);
    const known = this.#store.state.reservations.get(id);
    if (known && known.status !== 'released') return known;
    const reserving = this.#reserving.get(id);
    if (reserving) return reserving;
    if (this.#left(productId) < quantity) return undefined;
    const taking = this.#promise(productId, quantity, () => this.#write(id, productId, quantity));
    this.#reserving.set(id, taking);
    return taking.finally(() => this.#reserving.delete(id));
  }

  #left(productId: string): number {
    if (this.#decidesOnCopy) return availableOf(this.#store.readable, productId);
    return availableOf(this.#store.state, productId) - (this.#promised.get(productId) ?? 0);
  }

  /** Throws 404 for one that is unknown. */
  find(id: string): Reservation {
    const reservation = this.#store.state.reservations.get(id);
    if (!reservation) throw notFound(`reservation ${id}`);
    return reservation;
  }

  /** A reservation that an order was placed on is sold; saying so twice is fine. */
  async commit(id: string): Promise<Reservation> {
    const reservation = this.find(id);
    if (reservation.status === 'released') throw conflict(`reservation ${id} was released`);
    if (reservation.status !== 'sold') await this.#store.append({ event: 'sold', id });
    return reservation;
  }

  /** Returns the units, once. Sold ones come back only when the order is cancelled. */
  async release(id: string, { evenIfSold = false } = {}): Promise<Reservation> {
    const reservation = this.find(id);
    if (reservation.status === 'sold' && !evenIfSold) throw conflict(`reservation ${id} is sold`);
    if (reservation.status !== 'released') await this.#store.append({ event: 'released', id });
    return reservation;
  }

  async #write(id: string, productId: string, quantity: number): Promise<Reservation> {
    await this.#store.append({ event: 'reserved', id, productId, quantity });
    return this.find(id);
  }

  /** Nobody else gets these units while they are being written down. */
  async #promise<T>(productId: string, units: number, write: () => Promise<T>): Promise<T> {
    const promise = (more: number) =>
      this.#promised.set(productId, (this.#promised.get(productId) ?? 0) + more);
    promise(units);
    return write().finally(() => promise(-units));
  }
}

export const inventory = defineService({
  name: 'inventory',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 25, write: 60 } },
  async start(kit) {
    const store = await kit.store(counting);
    const decidesOnCopy = kit.has('oversell-race');
    if (decidesOnCopy) await store.fallBehind(raceMs);
    const stock = new Stock(store, decidesOnCopy);
    stock.publishSnapshot();
    kit.every(snapshotMs, () => stock.publishSnapshot());
    return {
      facts: () => ({ oversoldUnits: oversoldUnits(stock.grants, initialUnits).oversoldUnits }),
      routes: {
        stock: ({ params }) => ({
          productId: params.productId,
          available: stock.visible(params.productId),
        }),
        reserve: withBody(
          { reservationRef: 'string', productId: 'string', quantity: 'integer' },
          async ({ body }, reply) => {
            const { reservationRef, productId, quantity } = body;
            const reservation = await stock.reserve(reservationRef, productId, Math.max(1, quantity));
            if (!reservation) return reply.code(409).send({ id: null, status: 'sold-out' });
            return reply.code(201).send({ id: reservation.id, status: 'reserved' });
          },
        ),
        release: async ({ params }) => {
          const { id, status } = await stock.release(params.reservationId);
          return { id, status };
        },
        audit: () => oversoldUnits(stock.grants, initialUnits),
      },
      internal: [
        {
          method: 'GET',
          path: '/internal/reservations/:id',
          handle: ({ params }) => stock.find(params.id ?? ''),
        },
        {
          method: 'POST',
          path: '/internal/reservations/:id/commit',
          handle: ({ params }) => stock.commit(params.id ?? ''),
        },
        {
          method: 'POST',
          path: '/internal/reservations/:id/return',
          handle: ({ params }) => stock.release(params.id ?? '', { evenIfSold: true }),
        },
      ],
    };
  },
});
