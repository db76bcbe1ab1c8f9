/** Experiments' own traffic: sticky assignments, and the exposures that make them count. */
import { anyCustomer } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('experiments', {
  assign(visit) {
    visit.send('experiments.assign', { query: { customerId: anyCustomer(visit.random).id } });
  },

  /** Shows what was assigned, and says so. */
  expose(visit) {
    const customerId = anyCustomer(visit.random).id;
    const { json } = visit.ask('experiments.assign', { query: { customerId } });
    visit.send('experiments.expose', { body: { customerId, assignments: json?.assignments ?? {} } });
  },
});
