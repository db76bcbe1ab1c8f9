/** The sending and receiving ends of the event bus, as every service has them. */
import { randomUUID } from 'node:crypto';
import { Deduplicator } from './bounded.ts';
import type { Client } from './client.ts';

export interface BusEvent {
  readonly id: string;
  readonly type: string;
  /** When it happened, ms since the epoch. */
  readonly atMs: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export function busEvent(type: string, data: BusEvent['data'], id: string = randomUUID()): BusEvent {
  return { id, type, atMs: Date.now(), data };
}

/** Where the bus delivers, at every subscriber. A 2xx answer acknowledges the whole batch. */
export const deliveryPath = '/internal/events';

const batchDelayMs = 50;
const retryDelayMs = 500;
const batchLimit = 200;

/**
 * Events wait here until the bus has acknowledged them: publishing never holds up a request, and an
 * event survives an outage of the bus. Sent twice when an acknowledgement is lost; consumers remove duplicates.
 */
export class Outbox {
  #pending: BusEvent[] = [];
  #scheduled = false;
  readonly #bus: Client;

  constructor(bus: Client) {
    this.#bus = bus;
  }

  get size(): number {
    return this.#pending.length;
  }

  publish(event: BusEvent): void {
    this.#pending.push(event);
    this.#schedule(batchDelayMs);
  }

  #schedule(delayMs: number): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => void this.#flush(), delayMs).unref();
  }

  async #flush(): Promise<void> {
    const batch = this.#pending.slice(0, batchLimit);
    const sent = await this.#bus
      .call('/event-bus/events', { method: 'POST', body: { events: batch }, idempotent: true })
      .then(
        (answer) => answer.status === 202,
        () => false,
      );
    if (sent) this.#pending.splice(0, batch.length);
    this.#scheduled = false;
    if (this.#pending.length > 0) this.#schedule(sent ? 0 : retryDelayMs);
  }
}

/** Wraps a consumer so that each event counts once, however often it is delivered; one that failed may come again. */
export function onceEach(consume: (events: readonly BusEvent[]) => void | Promise<void>) {
  const seen = new Deduplicator(100_000);
  return async (events: readonly BusEvent[]): Promise<void> => {
    const fresh = events.filter((event) => seen.isNew(event.id));
    try {
      await consume(fresh);
    } catch (error) {
      for (const event of fresh) seen.forget(event.id);
      throw error;
    }
  };
}
