/** Products, categories and prices. 2,000 products in 40 categories follow from their numbers. */
import { notFound } from '../kit/errors.ts';
import { spread } from '../kit/ids.ts';
import { defineService } from '../kit/service.ts';

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly priceCents: number;
  readonly categoryId: string;
}

export interface ProductList {
  readonly products: readonly Product[];
}

const productCount = 2_000;
const categoryCount = 40;
const qualities = ['Classic', 'Compact', 'Smart', 'Wireless', 'Organic', 'Light', 'Robust', 'Silent'];
const things = [
  'Lamp',
  'Headphones',
  'Kettle',
  'Backpack',
  'Jacket',
  'Camera',
  'Speaker',
  'Blender',
  'Watch',
];
const kinds = ['Home', 'Audio', 'Kitchen', 'Travel', 'Fashion', 'Photo', 'Garden', 'Sport'];

const categoryId = (number: number) => `c-${String(number).padStart(2, '0')}`;

function product(number: number): Product {
  const id = `p-${String(number).padStart(5, '0')}`;
  const hash = spread(id);
  const name = `${qualities[hash % qualities.length]} ${things[(hash >>> 8) % things.length]} ${number}`;
  return {
    id,
    name,
    priceCents: 499 + (hash % 200) * 100,
    categoryId: categoryId(((number - 1) % categoryCount) + 1),
  };
}

function stock() {
  const products = Array.from({ length: productCount }, (_, index) => product(index + 1));
  const categories = Array.from({ length: categoryCount }, (_, index) => ({
    id: categoryId(index + 1),
    name: `${kinds[index % kinds.length]} ${Math.floor(index / kinds.length) + 1}`,
  }));
  return {
    byId: new Map(products.map((item) => [item.id, item])),
    byCategory: new Map(
      categories.map(({ id, name }) => [
        id,
        { id, name, products: products.filter((item) => item.categoryId === id) },
      ]),
    ),
    categories,
  };
}

export const catalogService = defineService({
  name: 'catalog',
  capacity: { slotsPerReplica: 2, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 20, write: 20 } },
  start() {
    const { byId, byCategory, categories } = stock();
    const find = (productId: string): Product => {
      const found = byId.get(productId);
      if (!found) throw notFound(`product ${productId}`);
      return found;
    };
    return {
      routes: {
        categories: () => ({ categories }),
        category: ({ params }) => {
          const found = byCategory.get(params.categoryId);
          if (!found) throw notFound(`category ${params.categoryId}`);
          return found;
        },
        product: ({ params }) => find(params.productId),
        price: ({ params }) => ({
          productId: params.productId,
          priceCents: find(params.productId).priceCents,
          currency: 'USD',
        }),
      },
    };
  },
});
