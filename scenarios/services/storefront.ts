/** Storefront's own traffic: landing pages from ads and links, and assets that the edge cache missed. */
import { anyProduct } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('storefront', {
  home(visit) {
    visit.send('storefront.home');
  },

  product(visit) {
    visit.send('storefront.product', { productId: anyProduct(visit.random) });
  },

  asset(visit) {
    visit.send('storefront.asset', { file: visit.random.pick(['app.js', 'app.css']) });
  },
});
