/** Cart lines and totals. The client chooses a cart's id; the first line creates it. Prices come from catalog. */
import { BoundedMap, Cache } from '../kit/bounded.ts';
import { notFound } from '../kit/errors.ts';
import { defineService, withBody } from '../kit/service.ts';

interface Line {
  readonly productId: string;
  readonly quantity: number;
  readonly priceCents: number;
}

const rememberedCarts = 100_000;
const priceMaxAgeMs = 10_000;
const promotionsMaxAgeMs = 5_000;

export const cart = defineService({
  name: 'cart',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 25, write: 45 } },
  start(kit) {
    const carts = new BoundedMap<string, readonly Line[]>(rememberedCarts);
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
          const answer = await kit.client('promotion').call<{ promotions: unknown[] }>('/promotion/active');
          return answer.body.promotions;
        })
        .catch(() => []);
    const describe = async (id: string) => {
      const lines = carts.get(id) ?? [];
      const totalCents = lines.reduce((sum, line) => sum + line.quantity * line.priceCents, 0);
      return { id, lines, totalCents, offers: await offers() };
    };
    const without = (id: string, productId: string) =>
      (carts.get(id) ?? []).filter((line) => line.productId !== productId);

    return {
      routes: {
        get: ({ params }) => describe(params.cartId),
        putLine: withBody({ quantity: 'integer' }, async ({ params, body }) => {
          const { cartId, productId } = params;
          const priceCents = await priceOf(productId);
          const line = { productId, quantity: body.quantity, priceCents };
          carts.set(cartId, [...without(cartId, productId), line]);
          return describe(cartId);
        }),
        removeLine: ({ params }) => {
          carts.set(params.cartId, without(params.cartId, params.productId));
          return describe(params.cartId);
        },
      },
    };
  },
});
