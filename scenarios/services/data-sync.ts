/** Data-sync's own traffic: records written to the old and the new side, and the divergence report. */
import { scenario } from '../retailpulse.k6.ts';

export default scenario('data-sync', {
  replicate(visit) {
    visit.send('data-sync.replicate', {
      body: {
        id: `record-${visit.id}`,
        entity: 'customer',
        fields: { points: visit.random.integer(0, 5_000) },
      },
    });
  },

  divergence(visit) {
    visit.send('data-sync.divergence');
  },
});
