/** HTML pages and assets. Pages work without recommendation: the shelf stays empty and `x-fallback` says why. */
import type { FastifyReply } from 'fastify';
import { Cache } from '../kit/bounded.ts';
import { notFound } from '../kit/errors.ts';
import { type Html, html } from '../kit/html.ts';
import { defineService, type Kit } from '../kit/service.ts';
import type { Product, ProductList } from './catalog.ts';

const productMaxAgeMs = 10_000;
const shelfMaxAgeMs = 2_000;
const bestsellersCategory = 'c-01';

const assets: Readonly<Record<string, { readonly type: string; readonly text: string }>> = {
  'app.css': {
    type: 'text/css',
    text: `body{font:16px/1.5 system-ui,sans-serif;margin:0}header,main{max-width:60rem;margin:auto;padding:1rem}
ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:1rem;padding:0;list-style:none}
li{border:1px solid #ddd;border-radius:.5rem;padding:1rem}`,
  },
  'app.js': {
    type: 'text/javascript',
    text: `document.documentElement.dataset.ready='true';`,
  },
};

const price = (cents: number): string => `$${(cents / 100).toFixed(2)}`;

const shelf = (title: string, products: readonly Product[]): Html =>
  html`<section><h2>${title}</h2><ul>${products.map(
    ({ id, name, priceCents }) => html`<li><a href="/p/${id}">${name}</a> ${price(priceCents)}</li>`,
  )}</ul></section>`;

export const page = (title: string, content: readonly Html[]): string =>
  html`<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${title} – RetailPulse</title>
<link rel="stylesheet" href="/assets/app.css"><script src="/assets/app.js" defer></script></head>
<body><header><a href="/">RetailPulse</a></header><main>${content}</main></body></html>`.text;

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
    const send = (reply: FastifyReply, text: string) => reply.type('text/html').send(text);
    return {
      routes: {
        home: async (_request, reply) => {
          const [bestsellers, recommended] = await Promise.all([
            shelves.bestsellers(),
            shelves.recommended('home', reply),
          ]);
          const content = [shelf('Bestsellers', bestsellers), shelf('Picked for you', recommended)];
          return send(reply, page('Black Friday', content));
        },
        product: async ({ params }, reply) => {
          const { productId } = params;
          const [product, recommended] = await Promise.all([
            shelves.product(productId),
            shelves.recommended(`products/${encodeURIComponent(productId)}`, reply),
          ]);
          if (!product) throw notFound(`product ${productId}`);
          const heading = html`<h1>${product.name}</h1><p>${price(product.priceCents)}</p>`;
          return send(reply, page(product.name, [heading, shelf('Also bought', recommended)]));
        },
        asset: ({ params }, reply) => {
          const asset = assets[params.file];
          if (!asset) throw notFound(params.file);
          return reply.type(asset.type).send(asset.text);
        },
      },
    };
  },
});
