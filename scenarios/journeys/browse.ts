/** Most visitors only look: landing page, a category, some products; or prices compared side by side. */
import { anyCategory, anyProduct } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('browse', {
  window_shop(visit) {
    visit.send('storefront.home');
    visit.send('catalog.categories');
    visit.send('catalog.category', { categoryId: anyCategory(visit.random) });
    visit.send('catalog.product', { productId: anyProduct(visit.random) });
    const productId = anyProduct(visit.random);
    visit.send('catalog.product', { productId });
    visit.send('recommendation.alsoBought', { productId });
  },

  compare(visit) {
    const productId = anyProduct(visit.random);
    visit.send('storefront.product', { productId });
    visit.send('catalog.product', { productId });
    visit.send('catalog.product', { productId: anyProduct(visit.random) });
    visit.send('catalog.product', { productId: anyProduct(visit.random) });
    visit.send('inventory.stock', { productId });
    visit.send('catalog.price', { productId });
  },
});
