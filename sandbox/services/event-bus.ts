/**
 * At-least-once delivery: an event stays in a subscriber's queue until that subscriber has acknowledged it; a delivery
 * without acknowledgement is repeated, also after the bus itself was gone. Events travel in batches to keep hops cheap.
 */
import { type BusEvent, busEvent, deliveryPath } from '../kit/bus.ts';
import type { Client } from '../kit/client.ts';
import { defineService, type Kit, withBody } from '../kit/service.ts';
import type { StateOf, Store } from '../kit/store.ts';

const deliveryMs = 50;
const batchLimit = 500;
const heartbeatMs = 1_000;
/** How long a loss is news. */
const recentMs = 2_000;

/** Who hears what; `''` is everything. */
const subscriptions = {
  analytics: [''],
  notification: ['order.'],
  fulfillment: ['order.'],
  'data-sync': ['order.', 'payment.'],
} as const satisfies Record<string, readonly string[]>;

type Subscriber = keyof typeof subscriptions;
const subscribers = Object.keys(subscriptions) as Subscriber[];

type BusRecord =
  | { readonly event: 'published'; readonly events: readonly BusEvent[] }
  | { readonly event: 'delivered'; readonly to: Subscriber; readonly ids: readonly string[] };

/** What each subscriber has not acknowledged yet, oldest first. */
export type Queues = Record<Subscriber, readonly BusEvent[]>;

export const queueing: StateOf<Queues, BusRecord> = {
  create: () => ({ analytics: [], notification: [], fulfillment: [], 'data-sync': [] }),
  apply(queues, record) {
    if (record.event === 'delivered') {
      const ids = new Set(record.ids);
      queues[record.to] = queues[record.to].filter(({ id }) => !ids.has(id));
    } else {
      for (const subscriber of subscribers) {
        const prefixes: readonly string[] = subscriptions[subscriber];
        const wanted = record.events.filter(({ type }) => prefixes.some((prefix) => type.startsWith(prefix)));
        if (wanted.length > 0) queues[subscriber] = [...queues[subscriber], ...wanted];
      }
    }
  },
};

/** Delivers one batch, in order; it stays in the queue unless it was acknowledged. */
export async function deliver(
  store: Pick<Store<Queues, BusRecord>, 'state' | 'note'>,
  to: Subscriber,
  client: Client,
): Promise<void> {
  const events = store.state[to].slice(0, batchLimit);
  if (events.length === 0) return;
  const { status } = await client.call(deliveryPath, { method: 'POST', body: { events } });
  if (status === 202) store.note({ event: 'delivered', to, ids: events.map(({ id }) => id) });
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

class Bus {
  readonly #kit: Kit;
  readonly #store: Store<Queues, BusRecord>;
  readonly #delivering = new Set<Subscriber>();
  lost = 0;
  #lostAtMs = Number.NEGATIVE_INFINITY;

  constructor(kit: Kit, store: Store<Queues, BusRecord>) {
    this.#kit = kit;
    this.#store = store;
  }

  async publish(events: readonly BusEvent[]): Promise<void> {
    const kept = events.filter(() => !this.#kit.conditions.losesEvent?.());
    if (kept.length < events.length) this.#lostAtMs = Date.now();
    this.lost += events.length - kept.length;
    if (kept.length > 0) await this.#store.append({ event: 'published', events: kept });
  }

  deliverAll(): void {
    for (const to of subscribers) {
      if (this.#delivering.has(to)) continue;
      this.#delivering.add(to);
      deliver(this.#store, to, this.#kit.client(to))
        .catch(() => {})
        .finally(() => this.#delivering.delete(to));
    }
  }

  lossComplaint(): string | undefined {
    return Date.now() - this.#lostAtMs < recentMs ? 'messages were lost' : undefined;
  }

  /** Messages that were not acknowledged yet, over all subscribers, and the age of the oldest. */
  lag() {
    const queues = Object.values(this.#store.readable);
    const oldest = queues.map(([first]) => first?.atMs ?? Number.POSITIVE_INFINITY);
    return {
      pending: queues.reduce((sum, { length }) => sum + length, 0),
      oldestAgeSeconds: Math.max(0, (Date.now() - Math.min(Date.now(), ...oldest)) / 1000),
    };
  }
}

export const eventBus = defineService({
  name: 'event-bus',
  capacity: { slotsPerReplica: 4, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 10, write: 15 } },
  async start(kit) {
    const bus = new Bus(kit, await kit.store(queueing));
    return {
      facts: () => ({ eventsLost: bus.lost }),
      monitoring: { losses: () => bus.lossComplaint() },
      async prepare() {
        kit.every(heartbeatMs, () => void bus.publish([busEvent('heartbeat', {})]).catch(() => {}));
        kit.every(deliveryMs, () => bus.deliverAll());
      },
      routes: {
        publish: withBody({ 'events?': 'array', 'type?': 'string' }, async ({ body }, reply) => {
          const events = ((body.events ?? [body]) as Incoming[]).map(accepted);
          await bus.publish(events);
          return reply.code(202).send({ id: events[0]?.id ?? null, accepted: events.length });
        }),
        lag: () => bus.lag(),
      },
    };
  },
});
