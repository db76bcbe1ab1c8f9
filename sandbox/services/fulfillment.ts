/** Picks, ships and tracks. Shipments are created from order events; carriers sit behind one function. */
import { BoundedMap } from '../kit/bounded.ts';
import { notFound } from '../kit/errors.ts';
import { derivedId, spread } from '../kit/ids.ts';
import { defineService } from '../kit/service.ts';
import type { StateOf } from '../kit/store.ts';

const rememberedShipments = 100_000;
const carrierCodes = ['PU', 'IT', 'OD', 'DL'] as const;
const stages = ['picked up', 'in transit', 'out for delivery', 'delivered'] as const;

/** What a carrier calls a code, we call a status (anti-corruption layer). */
export function trackingOf(trackingId: string) {
  const code = carrierCodes[spread(trackingId) % carrierCodes.length] ?? 'PU';
  const reached = carrierCodes.indexOf(code);
  return {
    trackingId,
    status: stages[reached],
    events: stages.slice(0, reached + 1).map((status) => ({ status })),
  };
}

interface Shipment {
  readonly orderId: string;
  readonly status: string;
  readonly trackingId: string;
}

const shipping: StateOf<BoundedMap<string, Shipment>, Shipment> = {
  create: () => new BoundedMap(rememberedShipments),
  apply: (shipments, { orderId, status, trackingId }) =>
    shipments.set(orderId, { orderId, status, trackingId }),
};

export const fulfillment = defineService({
  name: 'fulfillment',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 30, write: 50 } },
  async start(kit) {
    const store = await kit.store(shipping);
    return {
      async onEvents(events) {
        await Promise.all(
          events.map(({ type, data }) => {
            const orderId = String(data.orderId);
            const status = type === 'order.cancelled' ? 'stopped' : 'preparing';
            return store.append({ orderId, status, trackingId: derivedId('trk', orderId) });
          }),
        );
      },
      routes: {
        shipment: ({ params }) => {
          const found = store.readable.get(params.orderId);
          if (!found) throw notFound(`shipment of ${params.orderId}`);
          return found;
        },
        track: ({ params }) => trackingOf(params.trackingId),
        pick: ({ body }, reply) => {
          const id = derivedId('pck', JSON.stringify(body ?? null));
          return reply.code(201).send({ id, status: 'picked' });
        },
      },
    };
  },
});
