/**
 * At-least-once delivery: an event stays in a subscriber's queue until that subscriber has acknowledged
 * it; a delivery without acknowledgement is repeated. Events travel in batches to keep hops cheap.
 */
import { type BusEvent, busEvent, deliveryPath } from '../kit/bus.ts';
import type { Client } from '../kit/client.ts';
import { defineService, withBody } from '../kit/service.ts';

const deliveryMs = 50;
const batchLimit = 500;
const heartbeatMs = 1_000;

/** Who hears what; `''` is everything. */
const subscriptions = {
  analytics: [''],
  notification: ['order.'],
  fulfillment: ['order.'],
  'data-sync': ['order.', 'payment.'],
} as const satisfies Record<string, readonly string[]>;

export class Subscription {
  #queue: BusEvent[] = [];
  #delivering = false;
  readonly #client: Client;
  readonly #prefixes: readonly string[];

  constructor(client: Client, prefixes: readonly string[]) {
    this.#client = client;
    this.#prefixes = prefixes;
  }

  get pending(): number {
    return this.#queue.length;
  }

  get oldestAtMs(): number | undefined {
    return this.#queue[0]?.atMs;
  }

  offer(event: BusEvent): void {
    if (this.#prefixes.some((prefix) => event.type.startsWith(prefix))) this.#queue.push(event);
  }

  /** Delivers one batch, in order; keeps it unless it was acknowledged. */
  async deliver(): Promise<void> {
    if (this.#delivering || this.#queue.length === 0) return;
    this.#delivering = true;
    const events = this.#queue.slice(0, batchLimit);
    const acknowledged = await this.#client.call(deliveryPath, { method: 'POST', body: { events } }).then(
      ({ status }) => status === 202,
      () => false,
    );
    if (acknowledged) this.#queue.splice(0, events.length);
    this.#delivering = false;
  }
}

interface Incoming {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly atMs?: unknown;
  readonly data?: unknown;
}

/** Publishers send `{events: […]}` or a single event; what they left out is filled in. */
function accepted(incoming: Incoming): BusEvent {
  const data = typeof incoming.data === 'object' && incoming.data !== null ? incoming.data : {};
  const type = typeof incoming.type === 'string' ? incoming.type : 'unknown';
  const event = busEvent(type, data as BusEvent['data']);
  return {
    ...event,
    ...(typeof incoming.id === 'string' && { id: incoming.id }),
    ...(typeof incoming.atMs === 'number' && { atMs: incoming.atMs }),
  };
}

export const eventBus = defineService({
  name: 'event-bus',
  capacity: { slotsPerReplica: 4, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 10, write: 15 } },
  start(kit) {
    const subscribers = Object.entries(subscriptions).map(
      ([service, prefixes]) => new Subscription(kit.client(service as keyof typeof subscriptions), prefixes),
    );
    const publish = (event: BusEvent) => {
      for (const subscriber of subscribers) subscriber.offer(event);
    };
    return {
      async prepare() {
        kit.every(heartbeatMs, () => publish(busEvent('heartbeat', {})));
        kit.every(deliveryMs, () => {
          for (const subscriber of subscribers) void subscriber.deliver();
        });
      },
      routes: {
        publish: withBody({ 'events?': 'array', 'type?': 'string' }, ({ body }, reply) => {
          const events = ((body.events ?? [body]) as Incoming[]).map(accepted);
          for (const event of events) publish(event);
          return reply.code(202).send({ id: events[0]?.id ?? null, accepted: events.length });
        }),
        lag: () => {
          const oldest = subscribers.map(({ oldestAtMs }) => oldestAtMs ?? Number.POSITIVE_INFINITY);
          return {
            pending: subscribers.reduce((sum, { pending }) => sum + pending, 0),
            oldestAgeSeconds: Math.max(0, (Date.now() - Math.min(Date.now(), ...oldest)) / 1000),
          };
        },
      },
    };
  },
});
