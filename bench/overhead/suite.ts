/** A shop of one service: catalog and traffic of the measured suite. */
import type { Catalog, Traffic } from '../../scenarios/model.ts';

const ok = [200] as const;

export const catalog = {
  shop: {
    description: 'products, search and cart lines',
    tier: 'critical',
    team: 'shop',
    calls: [],
    edge: 'direct',
    health: '/shop/health',
    routes: {
      product: {
        method: 'GET',
        path: '/shop/products/:productId',
        kind: 'read',
        contract: { status: ok, fields: ['id', 'name', 'priceCents'] },
      },
      search: {
        method: 'GET',
        path: '/shop/search',
        kind: 'read',
        contract: { status: ok, fields: ['total', 'hits'] },
      },
      add: {
        method: 'POST',
        path: '/shop/lines',
        kind: 'write',
        contract: { status: ok, fields: ['id', 'lines', 'totalCents'] },
      },
    },
  },
} as const satisfies Catalog;

export const traffic = {
  shop: {
    kind: 'service',
    service: 'shop',
    description: 'one request an iteration, where an iteration costs most',
    iterationsPerSecondAt1x: 1000,
    shape: 'proportional',
    thinkSeconds: 0,
    expectedLatencyMs: 5,
    actions: {
      look: { weight: 60, requests: { 'shop.product': 1 } },
      search: { weight: 30, requests: { 'shop.search': 1 } },
      add: { weight: 10, requests: { 'shop.add': 1 } },
    },
  },
} as const satisfies Traffic;
