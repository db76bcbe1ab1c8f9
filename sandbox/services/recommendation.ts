/** Also-bought and the personal home page, chosen from catalog's categories. Degradable: callers live without it. */
import { Cache } from '../kit/bounded.ts';
import { spread } from '../kit/ids.ts';
import { defineService } from '../kit/service.ts';
import type { Product, ProductList } from './catalog.ts';

const shown = 6;
const categoryMaxAgeMs = 30_000;
const categoryCount = 40;

export const recommendation = defineService({
  name: 'recommendation',
  capacity: { slotsPerReplica: 2, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 45, write: 45 } },
  start(kit) {
    const categories = new Cache<readonly Product[]>(categoryMaxAgeMs);
    const pick = async (seed: number): Promise<readonly Product[]> => {
      const id = `c-${String((seed % categoryCount) + 1).padStart(2, '0')}`;
      const products = await categories.get(id, async () => {
        const answer = await kit.client('catalog').call<ProductList>(`/catalog/categories/${id}`);
        return answer.body.products;
      });
      const start = (seed >>> 8) % Math.max(1, products.length - shown);
      return products.slice(start, start + shown);
    };
    return {
      routes: {
        alsoBought: async ({ params }) => {
          const products = await pick(spread(params.productId));
          return { products: products.filter(({ id }) => id !== params.productId) };
        },
        home: async ({ query }) => ({ products: await pick(spread(query.customerId ?? 'everybody')) }),
      },
    };
  },
});
