/** Payment's own traffic: captures, retries under one idempotency key, status reads and refunds. */
import { authorize } from '../purchase.k6.ts';
import { scenario, type Visitor } from '../retailpulse.k6.ts';

export default scenario('payment', {
  authorize_capture(visit) {
    const paymentId = pay(visit);
    if (paymentId !== undefined) visit.send('payment.capture', { paymentId });
  },

  retry(visit) {
    const amountCents = anyAmount(visit);
    const first = authorize(visit, amountCents);
    authorize(visit, amountCents, first);
  },

  status(visit) {
    const paymentId = pay(visit);
    if (paymentId !== undefined) visit.send('payment.get', { paymentId });
  },

  refund(visit) {
    const paymentId = pay(visit);
    if (paymentId === undefined) return;
    visit.send('payment.capture', { paymentId });
    visit.send('payment.refund', { paymentId });
  },
});

function pay(visit: Visitor<'payment.authorize'>): string | undefined {
  return authorize(visit, anyAmount(visit));
}

function anyAmount(visit: Visitor<never>): number {
  return visit.random.integer(500, 40_000);
}
