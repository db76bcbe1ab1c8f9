/** Where is my parcel? Asked more often than anything is bought. */
import { anyTrackingId } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('order-tracking', {
  track(visit) {
    visit.send('profile.me');
    visit.send('order.history');
    visit.send('fulfillment.track', { trackingId: anyTrackingId(visit.random) });
  },
});
