/** Cart lines and totals. The client chooses a cart's id; the first line creates it. Prices come from catalog. */
import { BoundedMap, Cache } from '../kit/bounded.ts';
import { notFound } from '../kit/errors.ts';
import { defineService, withBody } from '../kit/service.ts';
import type { StateOf } from '../kit/store.ts';

interface Line {
  readonly productId: string;
  readonly quantity: number;
  readonly priceCents: number;
}

type CartRecord = { readonly cartId: string } & (Line | { readonly productId: string; readonly quantity: 0 });
type Carts = BoundedMap<string, readonly Line[]>;

const rememberedCarts = 100_000;
const priceMaxAgeMs = 10_000;
const promotionsMaxAgeMs = 5_000;

const carts: StateOf<Carts, CartRecord> = {
  create: () => new BoundedMap(rememberedCarts),
  apply(state, record) {
    const { cartId, productId } = record;
    const others = (state.get(cartId) ?? []).filter((line) => line.productId !== productId);
    if (!('priceCents' in record)) state.set(cartId, others);
    else
      state.set(cartId, [...others, { productId, quantity: record.quantity, priceCents: record.priceCents }]);
  },
};

export const cart = defineService({
  name: 'cart',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 25, write: 45 } },
  async start(kit) {
    const store = await kit.store(carts);
    const prices = new Cache<number>(priceMaxAgeMs);
    const promotions = new Cache<readonly unknown[]>(promotionsMaxAgeMs);

    const priceOf = (productId: string): Promise<number> =>
      prices.get(productId, async () => {
        const path = `/catalog/products/${encodeURIComponent(productId)}/price`;
        const { status, body } = await kit.client('catalog').call<{ priceCents: number }>(path);
        if (status !== 200) throw notFound(`product ${productId}`);
        return body.priceCents;
      });
    /** Offers beside the cart are nice to have: a cart works without promotion. */
    const offers = (): Promise<readonly unknown[]> =>
      promotions
        .get('active', async () => {
          const promotion = kit.client('promotion');
          const { body } = await promotion.call<{ promotions: unknown[] }>('/promotion/active', {
            isOptional: true,
          });
          return body.promotions;
        })
        .catch(() => []);
    const describe = async (id: string, state: Carts) => {
      const lines = state.get(id) ?? [];
      const totalCents = lines.reduce((sum, line) => sum + line.quantity * line.priceCents, 0);
      return { id, lines, totalCents, offers: await offers() };
    };

    return {
      routes: {
        get: ({ params }) => describe(params.cartId, store.readable),
        putLine: withBody({ quantity: 'integer' }, async ({ params, body }) => {
          const { cartId, productId } = params;
          const priceCents = await priceOf(productId);
          await store.append({ cartId, productId, quantity: body.quantity, priceCents });
          return describe(cartId, store.state);
        }),
        removeLine: async ({ params }) => {
          const { cartId, productId } = params;
          await store.append({ cartId, productId, quantity: 0 });
          return describe(cartId, store.state);
        },
      },
    };
  },
});
