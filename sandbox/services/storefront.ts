/** HTML pages and assets. Pages work without recommendation: the shelf stays empty and `x-fallback` says why. */
import type { FastifyReply } from 'fastify';
import { Cache } from '../kit/bounded.ts';
import { notFound } from '../kit/errors.ts';
import { pageLoadDelayMs } from '../kit/impair.ts';
import { defineService, type Kit } from '../kit/service.ts';
import { assets } from '../storefront/assets.ts';
import { addMedia } from '../storefront/media.ts';
import { banner, type Collector, type Page, productHeading, renderPage, shelf } from '../storefront/pages.ts';
import type { Product, ProductList } from './catalog.ts';

const productMaxAgeMs = 10_000;
const shelfMaxAgeMs = 2_000;
const bestsellersCategory = 'c-01';

class Shelves {
  readonly #kit: Kit;
  readonly #products = new Cache<Product | undefined>(productMaxAgeMs);
  readonly #lists = new Cache<readonly Product[]>(shelfMaxAgeMs);

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  product(id: string): Promise<Product | undefined> {
    return this.#products.get(id, async () => {
      const path = `/catalog/products/${encodeURIComponent(id)}`;
      const { status, body } = await this.#kit.client('catalog').call<Product>(path);
      return status === 200 ? body : undefined;
    });
  }

  bestsellers(): Promise<readonly Product[]> {
    return this.#list('catalog', `/catalog/categories/${bestsellersCategory}`);
  }

  /** Recommended products; none, and the fall-back header, when recommendation fails. */
  recommended(path: string, reply: FastifyReply): Promise<readonly Product[]> {
    if (this.#kit.has('no-circuit-breaker-on-recommendation')) {
      return this.#load('recommendation', `/recommendation/${path}`);
    }
    return this.#list('recommendation', `/recommendation/${path}`).catch(() => {
      reply.header('x-fallback', 'recommendation');
      return [];
    });
  }

  #list(service: 'catalog' | 'recommendation', path: string): Promise<readonly Product[]> {
    return this.#lists.get(path, () => this.#load(service, path));
  }

  async #load(service: 'catalog' | 'recommendation', path: string): Promise<readonly Product[]> {
    const isOptional = service === 'recommendation';
    const answer = await this.#kit.client(service).call<ProductList>(path, { isOptional });
    return answer.body.products.slice(0, 12);
  }
}

export const storefront = defineService({
  name: 'storefront',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 40, write: 40 } },
  start(kit) {
    const shelves = new Shelves(kit);
    let collector: Collector | undefined;
    const send = (reply: FastifyReply, page: Page) =>
      reply.type('text/html').send(renderPage({ ...page, collector }));
    return {
      extend: (app) =>
        addMedia(app, kit.settings.mediaFolder, { slowMs: pageLoadDelayMs(kit.settings.impairments) }),
      internal: [
        {
          method: 'POST',
          path: '/internal/collector',
          handle: ({ body }, reply) => {
            collector = body as Collector;
            return reply.code(204).send();
          },
        },
      ],
      routes: {
        home: async (_request, reply) => {
          const [bestsellers, recommended] = await Promise.all([
            shelves.bestsellers(),
            shelves.recommended('home', reply),
          ]);
          const content = [banner, shelf('Bestsellers', bestsellers), shelf('Picked for you', recommended)];
          return send(reply, { id: 'home', title: 'Black Friday', content });
        },
        product: async ({ params }, reply) => {
          const { productId } = params;
          const [product, recommended] = await Promise.all([
            shelves.product(productId),
            shelves.recommended(`products/${encodeURIComponent(productId)}`, reply),
          ]);
          if (!product) throw notFound(`product ${productId}`);
          const content = [productHeading(product), shelf('Also bought', recommended)];
          return send(reply, { id: 'product', title: product.name, content });
        },
        asset: ({ params }, reply) => {
          const asset = Object.hasOwn(assets, params.file) ? assets[params.file] : undefined;
          if (!asset) throw notFound(params.file);
          return reply.type(asset.type).header('cache-control', 'public, max-age=60').send(asset.text);
        },
      },
    };
  },
});
