/** Picks, ships and tracks. Shipments are created from order events; carriers sit behind one function. */
import { BoundedMap } from '../kit/bounded.ts';
import { notFound } from '../kit/errors.ts';
import { derivedId, spread } from '../kit/ids.ts';
import { defineService } from '../kit/service.ts';

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

export const fulfillment = defineService({
  name: 'fulfillment',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 30, write: 50 } },
  start() {
    const shipments = new BoundedMap<string, { orderId: string; status: string; trackingId: string }>(
      rememberedShipments,
    );
    return {
      onEvents(events) {
        for (const { type, data } of events) {
          const orderId = String(data.orderId);
          const status = type === 'order.cancelled' ? 'stopped' : 'preparing';
          shipments.set(orderId, { orderId, status, trackingId: derivedId('trk', orderId) });
        }
      },
      routes: {
        shipment: ({ params }) => {
          const found = shipments.get(params.orderId);
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
