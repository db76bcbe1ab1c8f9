/** The journey that earns the money. Ids of each answer go into the next request. */
import { anyCustomer, anyProduct, couponCode } from '../data.ts';
import { buy, reserve } from '../purchase.k6.ts';
import { logIn, scenario } from '../retailpulse.k6.ts';

export default scenario('checkout', {
  buy(visit) {
    const customer = anyCustomer(visit.random);
    const productId = anyProduct(visit.random);
    const cartId = `cart-${visit.id}`;
    logIn(visit, customer);
    visit.send('cart.putLine', { cartId, productId }, { body: { quantity: 1 } });
    const subtotalCents = visit.ask('cart.get', { cartId }).number('totalCents');
    const quote = visit.ask('promotion.quote', { body: { cartId, couponCode, subtotalCents } });
    const totalCents = subtotalCents - quote.number('discountCents');
    const reservationId = reserve(visit, productId);
    if (reservationId === undefined) return;
    const orderId = buy(visit, { customer, cartId, reservationId, totalCents, couponCode });
    if (orderId === undefined) return;
    visit.ask(
      'order.get',
      { orderId },
      {
        doubt: (order) => (order.totalCents === totalCents ? undefined : 'confirmed with another total'),
      },
    );
  },
});
