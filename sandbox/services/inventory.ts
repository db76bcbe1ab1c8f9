/**
 * Stock and reservations. Reads are eventually consistent: they come from a snapshot a fraction of a
 * second old. Grants are decided on the counters; the audit replays a separate log of grants, so that
 * an error in the counters would show.
 */
import { conflict, notFound } from '../kit/errors.ts';
import { derivedId } from '../kit/ids.ts';
import { defineService, withBody } from '../kit/service.ts';

/** The product of the flash sale: 800 units at full scale, 8 at the sandbox's 0.01. */
export const flashSale = { productId: 'p-00001', units: 8 } as const;
const ampleUnits = 1_000_000;
const snapshotMs = 250;

interface Reservation {
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
  status: 'reserved' | 'sold' | 'released';
}

/** Units given out (positive) or come back (negative), in the order it happened. */
interface Grant {
  readonly productId: string;
  readonly units: number;
}

export const initialUnits = (productId: string): number =>
  productId === flashSale.productId ? flashSale.units : ampleUnits;

/** Units given out beyond what there was, summed over products, at the worst moment of each. */
export function oversoldUnits(grants: readonly Grant[], initial: (productId: string) => number) {
  const out = new Map<string, { units: number; most: number }>();
  for (const { productId, units } of grants) {
    const known = out.get(productId) ?? { units: 0, most: 0 };
    const now = known.units + units;
    out.set(productId, { units: now, most: Math.max(known.most, now) });
  }
  const oversold = [...out].map(([productId, { most }]) => Math.max(0, most - initial(productId)));
  return { oversoldUnits: oversold.reduce((sum, units) => sum + units, 0), products: out.size };
}

class Stock {
  readonly grants: Grant[] = [];
  readonly #available = new Map<string, number>();
  readonly #reservations = new Map<string, Reservation>();
  #snapshot = new Map<string, number>();

  visible(productId: string): number {
    return this.#snapshot.get(productId) ?? initialUnits(productId);
  }

  publishSnapshot(): void {
    this.#snapshot = new Map(this.#available);
  }

  /** Undefined when sold out. The same reference gets the same reservation. */
  reserve(reservationRef: string, productId: string, quantity: number): Reservation | undefined {
    const id = derivedId('rsv', reservationRef);
    const known = this.#reservations.get(id);
    if (known && known.status !== 'released') return known;
    const available = this.#available.get(productId) ?? initialUnits(productId);
    if (available < quantity) return undefined;
    const reservation: Reservation = { id, productId, quantity, status: 'reserved' };
    this.#move(productId, quantity);
    this.#reservations.set(id, reservation);
    return reservation;
  }

  /** A reservation that an order was placed on is sold; saying so twice is fine. */
  commit(id: string): Reservation {
    const reservation = this.#find(id);
    if (reservation.status === 'released') throw conflict(`reservation ${id} was released`);
    reservation.status = 'sold';
    return reservation;
  }

  /** Returns the units, once. Sold ones come back only when the order is cancelled. */
  release(id: string, { evenIfSold = false } = {}): Reservation {
    const reservation = this.#find(id);
    if (reservation.status === 'sold' && !evenIfSold) throw conflict(`reservation ${id} is sold`);
    if (reservation.status !== 'released') this.#move(reservation.productId, -reservation.quantity);
    reservation.status = 'released';
    return reservation;
  }

  #find(id: string): Reservation {
    const reservation = this.#reservations.get(id);
    if (!reservation) throw notFound(`reservation ${id}`);
    return reservation;
  }

  #move(productId: string, units: number): void {
    const available = this.#available.get(productId) ?? initialUnits(productId);
    this.#available.set(productId, available - units);
    this.grants.push({ productId, units });
  }
}

export const inventory = defineService({
  name: 'inventory',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 25, write: 60 } },
  start(kit) {
    const stock = new Stock();
    kit.every(snapshotMs, () => stock.publishSnapshot());
    return {
      routes: {
        stock: ({ params }) => ({
          productId: params.productId,
          available: stock.visible(params.productId),
        }),
        reserve: withBody(
          { reservationRef: 'string', productId: 'string', quantity: 'integer' },
          ({ body }, reply) => {
            const reservation = stock.reserve(
              body.reservationRef,
              body.productId,
              Math.max(1, body.quantity),
            );
            if (!reservation) return reply.code(409).send({ id: null, status: 'sold-out' });
            return reply.code(201).send({ id: reservation.id, status: 'reserved' });
          },
        ),
        release: ({ params }) => {
          const { id, status } = stock.release(params.reservationId);
          return { id, status };
        },
        audit: () => oversoldUnits(stock.grants, initialUnits),
      },
      internal: [
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
