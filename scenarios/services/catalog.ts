/** Catalog's own traffic: hot products, category pages, and bots that compare prices and never stop. */
import { anyCategory, anyProduct } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('catalog', {
  product(visit) {
    visit.send('catalog.product', { productId: anyProduct(visit.random) });
  },

  category(visit) {
    visit.send('catalog.category', { categoryId: anyCategory(visit.random) });
  },

  price_bot(visit) {
    visit.send('catalog.price', { productId: anyProduct(visit.random) });
  },
});
