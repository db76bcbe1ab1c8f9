/** Feature flags' own traffic: servers that poll the rule set (mostly unchanged), clients that evaluate. */
import { anyCustomer } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

/** Of the rule set this VU's server holds a copy of. */
let etag: string | undefined;

export default scenario('feature-flags', {
  poll(visit) {
    const headers = etag === undefined ? {} : { 'if-none-match': etag };
    etag = visit.send('feature-flags.ruleset', { headers }).headers.Etag ?? etag;
  },

  evaluate(visit) {
    visit.send('feature-flags.evaluate', { query: { customerId: anyCustomer(visit.random).id } });
  },
});
