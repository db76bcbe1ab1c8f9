/** The gateway's own traffic: pages that the monolith still serves, stale tokens, status polls. */
import { scenario } from '../retailpulse.k6.ts';

const legacyPages = ['imprint', 'terms', 'stores', 'gift-cards', 'careers'];

export default scenario('gateway', {
  legacy(visit) {
    visit.send('gateway.legacyPage', { pageId: visit.random.pick(legacyPages) });
  },

  stale_token(visit) {
    visit.send('gateway.unauthorised', { headers: { authorization: `Bearer stale-${visit.id}` } });
  },

  status(visit) {
    visit.send('gateway.status');
  },
});
