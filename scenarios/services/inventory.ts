/** Inventory's own traffic: pages that poll the stock of hot products, and carts abandoned after a reservation. */
import { anyProduct } from '../data.ts';
import { reserve } from '../purchase.k6.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('inventory', {
  poll_stock(visit) {
    visit.send('inventory.stock', { productId: anyProduct(visit.random) });
  },

  abandon(visit) {
    const reservationId = reserve(visit, anyProduct(visit.random));
    if (reservationId !== undefined) visit.send('inventory.release', { reservationId });
  },
});
