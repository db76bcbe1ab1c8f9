/** E-mail and push on order events; the in-app inbox. */
import { BoundedMap } from '../kit/bounded.ts';
import { customerOf } from '../kit/customer.ts';
import { derivedId } from '../kit/ids.ts';
import { defineService } from '../kit/service.ts';

interface Message {
  readonly text: string;
  readonly at: string;
}

const texts: Readonly<Record<string, string>> = {
  'order.placed': 'Thank you for your order',
  'order.cancelled': 'Your order was cancelled',
};
const rememberedCustomers = 50_000;
const inboxLength = 20;

export const notification = defineService({
  name: 'notification',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 25, write: 40 } },
  start() {
    const inboxes = new BoundedMap<string, readonly Message[]>(rememberedCustomers);
    const devices = new BoundedMap<string, string>(rememberedCustomers);
    return {
      onEvents(events) {
        for (const { type, atMs, data } of events) {
          const text = texts[type];
          const customerId = data.customerId;
          if (!text || typeof customerId !== 'string') continue;
          const message = { text: `${text} ${data.orderId}`, at: new Date(atMs).toISOString() };
          inboxes.set(customerId, [message, ...(inboxes.get(customerId) ?? [])].slice(0, inboxLength));
        }
      },
      routes: {
        inbox: (request) => ({ messages: inboxes.get(customerOf(request)) ?? [] }),
        registerDevice: (request, reply) => {
          const customerId = customerOf(request);
          const deviceId = derivedId('dev', `${customerId} ${JSON.stringify(request.body ?? null)}`);
          devices.set(customerId, deviceId);
          return reply.code(201).send({ deviceId });
        },
      },
    };
  },
});
