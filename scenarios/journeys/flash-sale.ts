/** Everybody wants one product. Most watch; the quick ones get it until it is sold out, and never one more. */
import { anyCustomer, flashProductId } from '../data.ts';
import { buy, reserve } from '../purchase.k6.ts';
import { logIn, scenario } from '../retailpulse.k6.ts';

const productId = flashProductId;

export default scenario('flash-sale', {
  watch(visit) {
    visit.send('promotion.active');
    visit.send('catalog.product', { productId });
    visit.send('inventory.stock', { productId });
  },

  grab(visit) {
    const customer = anyCustomer(visit.random);
    const cartId = `cart-${visit.id}`;
    logIn(visit, customer);
    visit.send('inventory.stock', { productId });
    const cart = visit.ask('cart.putLine', { cartId, productId }, { body: { quantity: 1 } });
    const reservationId = reserve(visit, productId);
    if (reservationId === undefined) return;
    buy(visit, { customer, cartId, reservationId, totalCents: cart.number('totalCents') });
  },
});
