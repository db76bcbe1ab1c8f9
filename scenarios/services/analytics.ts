/** Analytics' own traffic: click-stream batches, and dashboards that the business watches all day. */
import { anyCustomer, anyProduct } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('analytics', {
  ingest(visit) {
    const customerId = anyCustomer(visit.random).id;
    const count = visit.random.integer(1, 5);
    const events = Array.from({ length: count }, (_, index) => ({
      id: `event-${visit.id}-${index}`,
      type: 'page_view',
      customerId,
      productId: anyProduct(visit.random),
    }));
    visit.send('analytics.ingest', { body: { events } });
  },

  dashboard(visit) {
    const dashboardId = visit.random.pick(['sales', 'traffic', 'stock']);
    visit.send('analytics.dashboard', { dashboardId });
  },
});
