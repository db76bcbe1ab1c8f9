/** Fulfillment's own traffic: parcels tracked by their number, and scanners in the warehouse. */
import { anyProduct, anyTrackingId } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('fulfillment', {
  track(visit) {
    visit.send('fulfillment.track', { trackingId: anyTrackingId(visit.random) });
  },

  pick(visit) {
    visit.send('fulfillment.pick', {
      body: { orderId: `pick-${visit.id}`, productId: anyProduct(visit.random), quantity: 1 },
    });
  },
});
