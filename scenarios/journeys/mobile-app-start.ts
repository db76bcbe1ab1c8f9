/** Six in ten sessions are mobile: an app that starts cold, or one that comes back with a session. */
import { anyCustomer } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('mobile-app-start', {
  cold_start(visit) {
    const customerId = anyCustomer(visit.random).id;
    visit.send('feature-flags.evaluate', { query: { customerId } });
    visit.send('experiments.assign', { query: { customerId } });
    visit.send('recommendation.home', { query: { customerId } });
    visit.send('promotion.active');
    visit.send('catalog.categories');
    visit.send('analytics.ingest', {
      body: { events: [{ id: `event-${visit.id}`, type: 'app_start', customerId }] },
    });
  },

  resume(visit) {
    const customerId = anyCustomer(visit.random).id;
    visit.send('feature-flags.evaluate', { query: { customerId } });
    visit.send('auth.verify');
    visit.send('recommendation.home', { query: { customerId } });
    visit.send('notification.inbox');
  },
});
