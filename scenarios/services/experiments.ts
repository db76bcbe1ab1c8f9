/** Experiments' own traffic: sticky assignments, and the exposures that make them count. */
import { scenario } from '../retailpulse.k6.ts';

export default scenario('experiments', {
  assign(visit) {
    visit.send('experiments.assign', { query: { visitorId: `visitor-${visit.id}` } });
  },

  expose(visit) {
    visit.send('experiments.expose', {
      body: { visitorId: `visitor-${visit.id}`, experiment: 'checkout-button', variant: 'a' },
    });
  },
});
