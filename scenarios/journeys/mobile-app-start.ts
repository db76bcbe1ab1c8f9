/** Six in ten sessions are mobile: an app that starts cold, or one that comes back with a session. */
import { scenario } from '../retailpulse.k6.ts';

export default scenario('mobile-app-start', {
  cold_start(visit) {
    const visitorId = `visitor-${visit.id}`;
    visit.send('feature-flags.evaluate', { query: { visitorId } });
    visit.send('experiments.assign', { query: { visitorId } });
    visit.send('recommendation.home', { query: { visitorId } });
    visit.send('promotion.active');
    visit.send('catalog.categories');
    visit.send('analytics.ingest', {
      body: { events: [{ id: `event-${visit.id}`, type: 'app_started', visitorId }] },
    });
  },

  resume(visit) {
    const visitorId = `visitor-${visit.id}`;
    visit.send('feature-flags.evaluate', { query: { visitorId } });
    visit.send('auth.verify');
    visit.send('recommendation.home', { query: { visitorId } });
    visit.send('notification.inbox');
  },
});
