/** Chromium's way through RetailPulse: the home page, and a product as people come to it from a link. */
import { anyProduct } from '../data.ts';
import { defineBrowserJourney } from './journey.ts';

export const { options, visit } = defineBrowserJourney([
  { name: 'home', service: 'storefront', path: () => '/', click: '[data-more]' },
  {
    name: 'product',
    service: 'storefront',
    path: (random) => `/p/${anyProduct(random)}`,
    click: '[data-buy]',
  },
]);
