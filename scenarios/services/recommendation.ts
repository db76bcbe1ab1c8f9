/** Recommendation's own traffic: also-bought under product pages, and personal home pages. */
import { anyCustomer, anyProduct } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('recommendation', {
  also_bought(visit) {
    visit.send('recommendation.alsoBought', { productId: anyProduct(visit.random) });
  },

  home(visit) {
    visit.send('recommendation.home', { query: { customerId: anyCustomer(visit.random).id } });
  },
});
