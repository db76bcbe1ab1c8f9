/** Cart's own traffic: read on every page, filled, and changed before anything is bought. */
import { anyProduct } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('cart', {
  glance(visit) {
    visit.send('cart.get', { cartId: `cart-${visit.id}` });
  },

  add(visit) {
    const cartId = `cart-${visit.id}`;
    const params = { cartId, productId: anyProduct(visit.random) };
    visit.send('cart.putLine', params, { body: { quantity: visit.random.integer(1, 3) } });
    visit.send('cart.get', { cartId });
  },

  change_mind(visit) {
    const params = { cartId: `cart-${visit.id}`, productId: anyProduct(visit.random) };
    visit.send('cart.putLine', params, { body: { quantity: 1 } });
    visit.send('cart.removeLine', params);
  },
});
