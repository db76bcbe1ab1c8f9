/** Promotion's own traffic: what is on offer, coupons tried in carts, and marketing launching flash sales. */
import { anyProduct, couponCode } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('promotion', {
  active(visit) {
    visit.send('promotion.active');
  },

  coupon(visit) {
    const subtotalCents = visit.random.integer(1_000, 60_000);
    visit.ask('promotion.quote', {
      body: { cartId: `cart-${visit.id}`, couponCode, subtotalCents },
      doubt: ({ discountCents }) =>
        typeof discountCents === 'number' && discountCents >= 0 && discountCents <= subtotalCents
          ? undefined
          : `a discount of ${discountCents} on ${subtotalCents}`,
    });
  },

  launch(visit) {
    visit.send('promotion.launch', {
      body: { productId: anyProduct(visit.random), discountPercent: visit.random.integer(10, 50) },
    });
  },
});
