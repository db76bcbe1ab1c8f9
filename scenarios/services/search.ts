/** Search's own traffic: a few words that everybody types, and a long tail. */
import { anySearch } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('search', {
  query(visit) {
    visit.send('search.query', { query: { q: anySearch(visit.random) } });
  },

  suggest(visit) {
    visit.send('search.suggest', { query: { q: anySearch(visit.random).slice(0, 3) } });
  },

  facets(visit) {
    visit.send('search.facets', { query: { q: anySearch(visit.random) } });
  },
});
