/**
 * Webhooks' own traffic: signed call-backs of the payment provider and the carriers, the same call-back
 * twice, and forgeries, which have to be refused.
 */
import { hmac } from 'k6/crypto';
import { anyTrackingId } from '../data.ts';
import { secret } from '../k6/index.ts';
import { scenario, type Visitor } from '../retailpulse.k6.ts';

const accepted = [202];
const refused = [401];

export default scenario('webhooks', {
  payment(visit) {
    const body = paymentCaptured(visit);
    visit.send('webhooks.payment', { body, headers: signed(body), expect: accepted });
  },

  carrier(visit) {
    const trackingId = anyTrackingId(visit.random);
    const body = JSON.stringify({ id: `event-${visit.id}`, type: 'parcel.scanned', trackingId });
    visit.send('webhooks.carrier', { body, headers: signed(body), expect: accepted });
  },

  duplicate(visit) {
    const body = paymentCaptured(visit);
    const callBack = { body, headers: signed(body), expect: accepted };
    visit.send('webhooks.payment', callBack);
    visit.send('webhooks.payment', callBack);
  },

  forged(visit) {
    const headers = { 'x-signature': '0'.repeat(64) };
    visit.send('webhooks.payment', { body: paymentCaptured(visit), headers, expect: refused });
  },
});

/** A provider's call-back as the text that is signed and sent. */
function paymentCaptured(visit: Visitor<never>): string {
  const amountCents = visit.random.integer(500, 40_000);
  return JSON.stringify({
    id: `event-${visit.id}`,
    type: 'payment.captured',
    paymentId: `pay_${visit.id}`,
    amountCents,
  });
}

function signed(body: string): Record<string, string> {
  return { 'x-signature': hmac('sha256', secret('webhookSecret'), body, 'hex') };
}
