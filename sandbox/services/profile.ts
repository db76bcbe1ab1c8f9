/** Customer data: what nobody changed follows from the customer's number, changes are kept. */
import { BoundedMap } from '../kit/bounded.ts';
import { customerOf } from '../kit/customer.ts';
import { percentile } from '../kit/ids.ts';
import { defineService, withBody } from '../kit/service.ts';

const firstNames = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Ken'];
const cities = ['Springfield', 'Riverside', 'Fairview', 'Clinton', 'Georgetown'];
const rememberedCustomers = 50_000;

interface Address {
  readonly id: string;
  readonly street: string;
  readonly city: string;
}

export const profile = defineService({
  name: 'profile',
  capacity: { slotsPerReplica: 4, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 20, write: 40 } },
  start() {
    const movedTo = new BoundedMap<string, Address>(rememberedCustomers);
    const preferences = new BoundedMap<string, object>(rememberedCustomers);
    const homeOf = (customerId: string): Address => ({
      id: 'home',
      street: `${percentile(customerId) + 1} Main Street`,
      city: cities[percentile(customerId) % cities.length] ?? 'Springfield',
    });
    return {
      routes: {
        me: (request) => {
          const customerId = customerOf(request);
          return {
            customerId,
            name: `${firstNames[percentile(customerId) % firstNames.length]} ${customerId.slice(-6)}`,
            email: `${customerId}@shop.example`,
            preferences: preferences.get(customerId) ?? {},
          };
        },
        addresses: (request) => {
          const customerId = customerOf(request);
          return { addresses: [movedTo.get(customerId) ?? homeOf(customerId)] };
        },
        updateAddress: withBody({ street: 'string', city: 'string' }, (request) => {
          const { street, city } = request.body;
          const address = { id: request.params.addressId, street, city };
          movedTo.set(customerOf(request), address);
          return address;
        }),
        updatePreferences: withBody({ preferences: 'object' }, (request) => {
          const customerId = customerOf(request);
          const merged = { ...preferences.get(customerId), ...request.body.preferences };
          preferences.set(customerId, merged);
          return { customerId, preferences: merged };
        }),
      },
    };
  },
});
