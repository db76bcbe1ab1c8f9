/** A shop of one service that a bench can break. */
import type { Catalog, Traffic } from '../../scenarios/model.ts';

export const catalog = {
  shop: {
    description: 'answers at once, unless it is broken',
    tier: 'critical',
    team: 'bench',
    calls: [],
    edge: 'direct',
    health: '/shop/health',
    routes: {
      item: { method: 'GET', path: '/shop/item', kind: 'read', contract: { status: [200], fields: ['id'] } },
    },
  },
} as const satisfies Catalog;

export const traffic = {
  shop: {
    kind: 'service',
    service: 'shop',
    description: 'one request an iteration',
    iterationsPerSecondAt1x: 50,
    shape: 'steady',
    thinkSeconds: 0,
    expectedLatencyMs: 5,
    actions: { look: { weight: 1, requests: { 'shop.item': 1 } } },
  },
} as const satisfies Traffic;
