/** The event bus's own traffic: events of the monolith and of batch jobs, and operations watching the lag. */
import { anyProduct } from '../data.ts';
import { scenario } from '../retailpulse.k6.ts';

export default scenario('event-bus', {
  publish(visit) {
    visit.send('event-bus.publish', {
      body: {
        id: `event-${visit.id}`,
        type: 'stock.counted',
        data: { productId: anyProduct(visit.random) },
      },
    });
  },

  lag(visit) {
    visit.send('event-bus.lag');
  },
});
