/** The shop's pages: markup that works without scripts, and what a browser loads beside it. */
import { type Html, html } from '../kit/html.ts';
import type { Product } from '../services/catalog.ts';

/** Where pages send what they see of themselves, and the key that lets them. */
export interface Collector {
  readonly url: string;
  readonly apiKey: string;
}

export interface Page {
  /** What its beacons call it. */
  readonly id: string;
  readonly title: string;
  readonly content: readonly Html[];
  /** Without one the page sends nothing. */
  readonly collector?: Collector | undefined;
}

export const price = (cents: number): string => `$${(cents / 100).toFixed(2)}`;

const pictures = 7;

/** One of a few pictures, always the same for a product: a cache soon has them all. */
export function pictureOf({ id }: Pick<Product, 'id'>): string {
  const number = Number(id.replaceAll(/\D/g, '')) % pictures;
  return `/media/picture-${number}.svg`;
}

const shelves = new WeakMap<readonly Product[], Html>();

/** A row of products. The same list is rendered once: most visitors see the same shelves. */
export function shelf(title: string, products: readonly Product[]): Html {
  const known = shelves.get(products);
  if (known !== undefined) return known;
  const cards = products.map(
    (product) =>
      html`<li><a href="/p/${product.id}"><img src="${pictureOf(product)}" alt="" width="160" height="100" loading="lazy">${product.name}</a> ${price(product.priceCents)}</li>`,
  );
  const markup = html`<section><h2>${title}</h2><ul>${cards}</ul>
<button type="button" data-more>Show more</button></section>`;
  shelves.set(products, markup);
  return markup;
}

export const banner: Html = html`<h1>Black Friday</h1>
<img class="banner" src="/media/banner.svg" alt="Everything at half its price" width="960" height="240">`;

export function productHeading(product: Product): Html {
  return html`<article><img src="${pictureOf(product)}" alt="" width="480" height="300">
<div><h1>${product.name}</h1><p class="price">${price(product.priceCents)}</p>
<button type="button" data-buy>Add to cart</button></div></article>`;
}

function beacons(id: string, { url, apiKey }: Collector): Html {
  return html`<script src="/media/faro.js" defer></script>
<script src="/media/beacons.js" defer data-url="${url}" data-key="${apiKey}" data-page="${id}"></script>`;
}

export function renderPage({ id, title, content, collector }: Page): string {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} – RetailPulse</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/app.css">
<script src="/assets/app.js" defer></script>${collector === undefined ? '' : beacons(id, collector)}</head>
<body><header><a href="/">RetailPulse</a></header><main>${content}</main>
<footer><img src="/media/seal.svg" alt="Trusted shop" width="96" height="32"></footer></body></html>`.text;
}
