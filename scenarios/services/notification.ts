/** Notification's own traffic: the inbox after each order event, and new devices for push. */
import { scenario } from '../retailpulse.k6.ts';

export default scenario('notification', {
  inbox(visit) {
    visit.send('notification.inbox');
  },

  register(visit) {
    visit.send('notification.registerDevice', {
      body: { platform: visit.random.pick(['ios', 'android']), pushToken: `push-${visit.id}` },
    });
  },
});
