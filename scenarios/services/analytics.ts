/** Analytics' own traffic: click-stream batches, and dashboards that the business watches all day. */
import { anyProduct } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('analytics', {
  ingest(visit) {
    const visitorId = `visitor-${visit.id}`;
    const count = visit.random.integer(1, 5);
    const events = Array.from({ length: count }, (_, index) => ({
      id: `event-${visit.id}-${index}`,
      type: 'product_viewed',
      visitorId,
      productId: anyProduct(visit.random),
    }));
    visit.send('analytics.ingest', { body: { events } });
  },

  dashboard(visit) {
    const dashboardId = visit.random.pick(['sales', 'traffic', 'stock']);
    visit.send('analytics.dashboard', { params: { dashboardId } });
  },
});
