/** Experiments' own traffic: sticky assignments, and the exposures that make them count. */
import { anyCustomer } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('experiments', {
  assign(visit) {
    visit.send('experiments.assign', { query: { customerId: anyCustomer(visit.random).id } });
  },

  expose(visit) {
    visit.send('experiments.expose', {
      body: { customerId: anyCustomer(visit.random).id, experiment: 'checkout-button', variant: 'a' },
    });
  },
});
