/** The same requests with our kit: contracts, declared limits, seeded data, phases. */
import { defineScript, type Random, scenariosOf } from '../../scenarios/k6/index.ts';
import { catalog, traffic } from './suite.ts';

const scenario = scenariosOf(catalog, traffic);
const anyProduct = (random: Random) => `p-${random.integer(1, 2000)}`;

const shop = scenario('shop', {
  look(visit) {
    visit.send('shop.product', { productId: anyProduct(visit.random) });
  },
  search(visit) {
    visit.send('shop.search', { query: { q: anyProduct(visit.random) } });
  },
  add(visit) {
    visit.send('shop.add', { body: { productId: anyProduct(visit.random), quantity: 1 } });
  },
});

export const { options, run, handleSummary } = defineScript({ shop });
