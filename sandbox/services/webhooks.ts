/**
 * Call-backs of payment provider and carriers. `x-signature` is the HMAC-SHA256 of the raw body in hex;
 * a call-back counts once by its `id`, however often it is sent, and goes on to the event bus.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Deduplicator } from '../kit/bounded.ts';
import { busEvent, Outbox } from '../kit/bus.ts';
import { badRequest, unauthorised } from '../kit/errors.ts';
import { defineService, type Handler } from '../kit/service.ts';

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

export const webhooks = defineService({
  name: 'webhooks',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 30, write: 40 } },
  start(kit) {
    const outbox = new Outbox(kit.client('event-bus'));
    const seen = new Deduplicator(100_000);
    const receive =
      (type: string): Handler =>
      ({ body, headers }, reply) => {
        const raw = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        if (!isSigned(raw, headers['x-signature'], kit.settings.secrets.webhookSecret)) {
          throw unauthorised('the signature does not match');
        }
        const id = idOf(raw);
        const isNew = seen.isNew(`${type}:${id}`);
        if (isNew) outbox.publish(busEvent(type, { callbackId: id }));
        return reply.code(202).send({ accepted: true, duplicate: !isNew });
      };
    return {
      rawBody: true,
      routes: { payment: receive('payment.updated'), carrier: receive('shipment.updated') },
    };
  },
});
