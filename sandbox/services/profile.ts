/** Customer data: what nobody changed follows from the customer's number, changes are kept. */
import { BoundedMap } from '../kit/bounded.ts';
import { customerOf } from '../kit/customer.ts';
import { percentile } from '../kit/ids.ts';
import { defineService, withBody } from '../kit/service.ts';
import type { StateOf } from '../kit/store.ts';

const firstNames = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Ken'];
const cities = ['Springfield', 'Riverside', 'Fairview', 'Clinton', 'Georgetown'];
const rememberedCustomers = 50_000;

interface Address {
  readonly id: string;
  readonly street: string;
  readonly city: string;
}

type ProfileRecord = { readonly customerId: string } & (
  | { readonly address: Address }
  | { readonly preferences: object }
);

const changes: StateOf<
  { movedTo: BoundedMap<string, Address>; preferences: BoundedMap<string, object> },
  ProfileRecord
> = {
  create: () => ({
    movedTo: new BoundedMap(rememberedCustomers),
    preferences: new BoundedMap(rememberedCustomers),
  }),
  apply({ movedTo, preferences }, record) {
    const { customerId } = record;
    if ('address' in record) movedTo.set(customerId, record.address);
    else preferences.set(customerId, { ...preferences.get(customerId), ...record.preferences });
  },
};

export const profile = defineService({
  name: 'profile',
  capacity: { slotsPerReplica: 4, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 20, write: 40 } },
  async start(kit) {
    const store = await kit.store(changes);
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
            preferences: store.readable.preferences.get(customerId) ?? {},
          };
        },
        addresses: (request) => {
          const customerId = customerOf(request);
          return { addresses: [store.readable.movedTo.get(customerId) ?? homeOf(customerId)] };
        },
        updateAddress: withBody({ street: 'string', city: 'string' }, async (request) => {
          const { street, city } = request.body;
          const address = { id: request.params.addressId, street, city };
          await store.append({ customerId: customerOf(request), address });
          return address;
        }),
        updatePreferences: withBody({ preferences: 'object' }, async (request) => {
          const customerId = customerOf(request);
          await store.append({ customerId, preferences: request.body.preferences });
          return { customerId, preferences: store.state.preferences.get(customerId) };
        }),
      },
    };
  },
});
