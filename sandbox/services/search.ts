/** Full-text search over product names. The index is built from catalog's answers and renewed in the background. */
import { spread } from '../kit/ids.ts';
import { defineService, type Kit } from '../kit/service.ts';
import type { Product, ProductList } from './catalog.ts';

const pageSize = 10;
const suggestionCount = 6;
const renewMs = 60_000;

interface Index {
  readonly products: readonly Product[];
  readonly byWord: ReadonlyMap<string, readonly Product[]>;
}

const wordsOf = (text: string): string[] => text.toLowerCase().split(/\W+/).filter(Boolean);

export function buildIndex(products: readonly Product[]): Index {
  const byWord = new Map<string, Product[]>();
  for (const product of products) {
    for (const word of wordsOf(product.name)) {
      const known = byWord.get(word);
      if (known) known.push(product);
      else byWord.set(word, [product]);
    }
  }
  return { products, byWord };
}

/** Products that have every known word; words nobody uses are ignored, as a forgiving shop search does. */
export function find(index: Index, query: string): readonly Product[] {
  const lists = wordsOf(query)
    .map((word) => index.byWord.get(word))
    .filter((list) => list !== undefined)
    .sort((a, b) => a.length - b.length);
  const [shortest, ...others] = lists;
  if (shortest) {
    const sets = others.map((list) => new Set(list));
    return shortest.filter((product) => sets.every((set) => set.has(product)));
  }
  const start = spread(query) % Math.max(1, index.products.length - pageSize);
  return index.products.slice(start, start + pageSize);
}

async function loadProducts(kit: Kit): Promise<readonly Product[]> {
  const catalog = kit.client('catalog');
  const { body } = await catalog.call<{ categories: { id: string }[] }>('/catalog/categories');
  const products: Product[] = [];
  for (const { id } of body.categories) {
    const category = await catalog.call<ProductList>(`/catalog/categories/${id}`);
    products.push(...category.body.products);
  }
  return products;
}

export const search = defineService({
  name: 'search',
  capacity: { slotsPerReplica: 2, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 40, write: 40 } },
  start(kit) {
    let index = buildIndex([]);
    const renew = async () => {
      index = buildIndex(await loadProducts(kit));
    };
    // A failed renewal keeps the old index: search works while catalog does not.
    kit.every(renewMs, () => void renew().catch(() => {}));
    const textOf = (query: Record<string, string | undefined>) => query.q ?? query.query ?? '';
    return {
      prepare: renew,
      routes: {
        query: ({ query }) => {
          const found = find(index, textOf(query));
          return { total: found.length, hits: found.slice(0, pageSize) };
        },
        suggest: ({ query }) => {
          const prefix = wordsOf(textOf(query)).at(-1) ?? '';
          const words = [...index.byWord.keys()].filter((word) => word.startsWith(prefix));
          return { suggestions: words.slice(0, suggestionCount) };
        },
        facets: ({ query }) => {
          const counts = new Map<string, number>();
          for (const { categoryId } of find(index, textOf(query))) {
            counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
          }
          return { facets: [...counts].map(([categoryId, count]) => ({ categoryId, count })) };
        },
      },
    };
  },
});
