/**
 * Call-backs of payment provider and carriers. `x-signature` is the HMAC-SHA256 of the raw body in hex;
 * a call-back counts once by its `id`, however often it is sent, and goes on to the event bus.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { BoundedMap } from '../kit/bounded.ts';
import { busEvent, Outbox } from '../kit/bus.ts';
import { badRequest, unauthorised } from '../kit/errors.ts';
import { defineService, type Handler } from '../kit/service.ts';
import type { StateOf } from '../kit/store.ts';

export function isSigned(body: Buffer, signature: unknown, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(typeof signature === 'string' ? signature : '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function idOf(body: Buffer): string {
  try {
    const { id } = JSON.parse(body.toString()) as { id?: unknown };
    if (typeof id === 'string') return id;
  } catch {
    // Not JSON: the same answer as JSON without an id.
  }
  throw badRequest('the call-back has no id');
}

interface Callback {
  readonly type: string;
  readonly callbackId: string;
}

const keyOf = ({ type, callbackId }: Callback): string => `${type}:${callbackId}`;

const received: StateOf<BoundedMap<string, Callback>, Callback> = {
  create: () => new BoundedMap(100_000),
  apply: (state, { type, callbackId }) => state.set(keyOf({ type, callbackId }), { type, callbackId }),
};

export const webhooks = defineService({
  name: 'webhooks',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 30, write: 40 } },
  async start(kit) {
    const outbox = new Outbox(kit.client('event-bus'));
    const store = await kit.store(received);
    const announce = (callback: Callback) =>
      outbox.publish(busEvent(callback.type, { callbackId: callback.callbackId }, keyOf(callback)));
    // Whether the bus had heard of them when the process ended is not known; who hears it twice counts it once.
    for (const callback of store.state.values()) announce(callback);
    const receive =
      (type: string): Handler =>
      async ({ body, headers }, reply) => {
        const raw = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        if (!isSigned(raw, headers['x-signature'], kit.settings.secrets.webhookSecret)) {
          throw unauthorised('the signature does not match');
        }
        const callback = { type, callbackId: idOf(raw) };
        const isNew = !store.state.has(keyOf(callback));
        if (isNew) {
          await store.append(callback);
          announce(callback);
        }
        return reply.code(202).send({ accepted: true, duplicate: !isNew });
      };
    return {
      rawBody: true,
      routes: { payment: receive('payment.updated'), carrier: receive('shipment.updated') },
    };
  },
});
