/** A visitor who knows what they want: suggestions while typing, the search, a hit, and into the cart. */
import { anyProduct, anySearch } from '../data.ts';
import type { JsonObject } from '../k6/index.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('search-to-cart', {
  find_and_add(visit) {
    const words = anySearch(visit.random);
    const fallbackProduct = anyProduct(visit.random);
    visit.send('search.suggest', { query: { q: words.slice(0, 2) } });
    visit.send('search.suggest', { query: { q: words.slice(0, 4) } });
    const found = visit.ask('search.query', { query: { q: words } });
    visit.send('search.facets', { query: { q: words } });
    // Nothing found: the visitor goes on with a product they know.
    const productId = firstHit(found.json) ?? fallbackProduct;
    visit.send('catalog.product', { productId });
    visit.send('inventory.stock', { productId });
    const params = { cartId: `cart-${visit.id}`, productId };
    visit.send('cart.putLine', params, { body: { quantity: visit.random.integer(1, 3) } });
  },
});

function firstHit(found: JsonObject | undefined): string | undefined {
  const first = Array.isArray(found?.hits) ? (found.hits[0] as JsonObject | undefined) : undefined;
  return typeof first?.id === 'string' ? first.id : undefined;
}
