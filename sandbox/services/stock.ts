/** What inventory keeps account of: units, reservations, and the grants that its audit replays. */
import type { StateOf } from '../kit/store.ts';

/** The product of the flash sale: 800 units at full scale, 8 at the sandbox's 0.01. */
export const flashSale = { productId: 'p-00001', units: 8 } as const;
const ampleUnits = 1_000_000;

export interface Reservation {
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
  status: 'reserved' | 'sold' | 'released';
}

/** Units given out (positive) or come back (negative), in the order it happened. */
export interface Grant {
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

export type StockRecord =
  | { readonly event: 'reserved'; readonly id: string; readonly productId: string; readonly quantity: number }
  | { readonly event: 'sold' | 'released'; readonly id: string };

export interface Counters {
  readonly available: Map<string, number>;
  readonly reservations: Map<string, Reservation>;
  readonly grants: Grant[];
}

export const availableOf = ({ available }: Counters, productId: string): number =>
  available.get(productId) ?? initialUnits(productId);

function move(counters: Counters, productId: string, units: number): void {
  counters.available.set(productId, availableOf(counters, productId) - units);
  counters.grants.push({ productId, units });
}

export const counting: StateOf<Counters, StockRecord> = {
  create: () => ({ available: new Map(), reservations: new Map(), grants: [] }),
  apply(counters, record) {
    const known = counters.reservations.get(record.id);
    if (record.event === 'reserved') {
      if (known && known.status !== 'released') return;
      const { id, productId, quantity } = record;
      counters.reservations.set(id, { id, productId, quantity, status: 'reserved' });
      move(counters, productId, quantity);
    } else if (known) {
      if (record.event === 'released' && known.status !== 'released') {
        move(counters, known.productId, -known.quantity);
      }
      known.status = record.event;
    }
  },
};
