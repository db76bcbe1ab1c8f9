/** Most visitors only look: landing page, a category, some products; or prices compared side by side. */
import { anyCategory, anyProduct } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('browse', {
  window_shop(visit) {
    visit.send('storefront.home');
    visit.send('catalog.categories');
    visit.send('catalog.category', { params: { categoryId: anyCategory(visit.random) } });
    visit.send('catalog.product', { params: { productId: anyProduct(visit.random) } });
    const productId = anyProduct(visit.random);
    visit.send('catalog.product', { params: { productId } });
    visit.send('recommendation.alsoBought', { params: { productId } });
  },

  compare(visit) {
    const productId = anyProduct(visit.random);
    visit.send('storefront.product', { params: { productId } });
    visit.send('catalog.product', { params: { productId } });
    visit.send('catalog.product', { params: { productId: anyProduct(visit.random) } });
    visit.send('catalog.product', { params: { productId: anyProduct(visit.random) } });
    visit.send('inventory.stock', { params: { productId } });
    visit.send('catalog.price', { params: { productId } });
  },
});
