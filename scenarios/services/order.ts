/** The order service's own traffic: customers before the order page or their orders, and a few who change their mind. */
import { couponCode } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('order', {
  history(visit) {
    visit.send('order.history');
  },

  // Not everything is in place yet: nothing in the basket, nothing reserved, nothing paid.
  review(visit) {
    visit.send('order.review', {
      body: { cartId: `cart-${visit.id}`, reservationId: 'none', paymentId: 'none', couponCode },
    });
  },

  cancel(visit) {
    const orders = visit.ask('order.history').json?.orders;
    const last = Array.isArray(orders) ? orders.at(-1) : undefined;
    // Who has no order cancels one that is unknown: the service has to refuse it properly.
    visit.send('order.cancel', { orderId: typeof last?.id === 'string' ? last.id : 'unknown' });
  },
});
