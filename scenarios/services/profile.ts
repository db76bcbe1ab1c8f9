/** Profile's own traffic: account pages, address books, and changes made just before a delivery. */
import { scenario } from '../retailpulse.k6.ts';

const streets = ['Hill Road', 'Mill Lane', 'Station Street', 'Park Avenue'];
const cities = ['Springfield', 'Riverton', 'Lakeside'];

export default scenario('profile', {
  read(visit) {
    visit.send('profile.me');
  },

  addresses(visit) {
    visit.send('profile.addresses');
  },

  move(visit) {
    const addresses = visit.ask('profile.addresses').json?.addresses;
    const first = Array.isArray(addresses) ? addresses[0] : undefined;
    const addressId = typeof first?.id === 'string' ? first.id : 'home';
    const street = `${visit.random.integer(1, 200)} ${visit.random.pick(streets)}`;
    const city = visit.random.pick(cities);
    visit.send('profile.updateAddress', { addressId }, { body: { street, city } });
  },

  preferences(visit) {
    visit.send('profile.updatePreferences', {
      body: { preferences: { newsletter: visit.random.next() < 0.5 } },
    });
  },
});
