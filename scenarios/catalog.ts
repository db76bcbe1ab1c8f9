/**
 * RetailPulse: the 20 services whose promises are verified. The only list of services, routes,
 * dependencies, tiers and teams; sandbox, scenarios, objectives and reports derive from it.
 *
 * The 12 core services and their dependencies follow the case study; `cart`, route paths and team
 * names are our assumptions (docs/retailpulse.md tells stated from assumed).
 */
import type { Catalog, RouteKeyOf } from './model.ts';

const ok = [200] as const;
const created = [201] as const;

export const catalog = {
  order: {
    description: 'places, reads and cancels orders; owns the order ledger',
    tier: 'critical',
    team: 'orders',
    calls: ['cart', 'inventory', 'payment', 'promotion', 'event-bus'],
    toleratesLossOf: ['event-bus'],
    edge: 'gateway',
    health: '/order/health',
    routes: {
      place: {
        method: 'POST',
        path: '/order',
        kind: 'write',
        auth: 'customer',
        contract: { status: created, fields: ['id', 'status', 'totalCents'] },
      },
      review: {
        method: 'POST',
        path: '/order/review',
        kind: 'read',
        auth: 'customer',
        contract: { status: ok, fields: ['totalCents', 'isReserved', 'isPaid'] },
      },
      get: {
        method: 'GET',
        path: '/order/:orderId',
        kind: 'read',
        auth: 'customer',
        contract: { status: ok, fields: ['id', 'status', 'totalCents', 'paymentId'] },
      },
      history: {
        method: 'GET',
        path: '/order',
        kind: 'read',
        auth: 'customer',
        contract: { status: ok, fields: ['orders'] },
      },
      cancel: {
        method: 'POST',
        path: '/order/:orderId/cancel',
        kind: 'write',
        auth: 'customer',
        contract: { status: [200, 404, 409] },
      },
    },
  },
  catalog: {
    description: 'product pages, categories and prices',
    tier: 'critical',
    team: 'catalog',
    calls: [],
    edge: 'gateway',
    health: '/catalog/health',
    routes: {
      categories: {
        method: 'GET',
        path: '/catalog/categories',
        kind: 'read',
        contract: { status: ok, fields: ['categories'] },
      },
      category: {
        method: 'GET',
        path: '/catalog/categories/:categoryId',
        kind: 'read',
        contract: { status: ok, fields: ['id', 'products'] },
      },
      product: {
        method: 'GET',
        path: '/catalog/products/:productId',
        kind: 'read',
        contract: { status: ok, fields: ['id', 'name', 'priceCents', 'categoryId'] },
      },
      price: {
        method: 'GET',
        path: '/catalog/products/:productId/price',
        kind: 'read',
        contract: { status: ok, fields: ['productId', 'priceCents'] },
      },
    },
  },
  inventory: {
    description: 'stock, reservations and releases; eventually consistent reads',
    tier: 'critical',
    team: 'inventory',
    calls: [],
    edge: 'gateway',
    health: '/inventory/health',
    routes: {
      stock: {
        method: 'GET',
        path: '/inventory/products/:productId',
        kind: 'read',
        contract: { status: ok, fields: ['productId', 'available'] },
      },
      reserve: {
        method: 'POST',
        path: '/inventory/reservations',
        kind: 'write',
        auth: 'customer',
        // 409: sold out, which is the right answer when stock has ended.
        contract: { status: [201, 409], fields: ['id', 'status'] },
      },
      release: {
        method: 'DELETE',
        path: '/inventory/reservations/:reservationId',
        kind: 'write',
        auth: 'customer',
        contract: { status: ok, fields: ['id', 'status'] },
      },
      audit: {
        method: 'GET',
        path: '/inventory/audit',
        kind: 'read',
        contract: { status: ok, fields: ['oversoldUnits', 'products'] },
      },
    },
  },
  auth: {
    description: 'login, refresh, verification; short-lived JWTs, MFA and social login',
    tier: 'critical',
    team: 'identity',
    calls: ['profile'],
    toleratesLossOf: ['profile'],
    edge: 'gateway',
    health: '/auth/health',
    routes: {
      login: {
        method: 'POST',
        path: '/auth/login',
        kind: 'write',
        // 401: a mistyped password, refused as it must be (the scenario sends some on purpose).
        contract: { status: [200, 401], fields: ['accessToken', 'refreshToken', 'expiresInSeconds'] },
      },
      mfa: {
        method: 'POST',
        path: '/auth/mfa',
        kind: 'write',
        contract: { status: ok, fields: ['accessToken', 'refreshToken', 'expiresInSeconds'] },
      },
      social: {
        method: 'POST',
        path: '/auth/social',
        kind: 'write',
        contract: { status: ok, fields: ['accessToken', 'refreshToken', 'expiresInSeconds'] },
      },
      refresh: {
        method: 'POST',
        path: '/auth/refresh',
        kind: 'write',
        contract: { status: ok, fields: ['accessToken', 'expiresInSeconds'] },
      },
      verify: {
        method: 'GET',
        path: '/auth/verify',
        kind: 'read',
        auth: 'customer',
        contract: { status: ok, fields: ['subject', 'expiresAt'] },
      },
    },
  },
  profile: {
    description: 'customer data, addresses and preferences',
    tier: 'standard',
    team: 'identity',
    calls: [],
    edge: 'gateway',
    health: '/profile/health',
    routes: {
      me: {
        method: 'GET',
        path: '/profile/me',
        kind: 'read',
        auth: 'customer',
        contract: { status: ok, fields: ['customerId', 'name', 'email'] },
      },
      addresses: {
        method: 'GET',
        path: '/profile/me/addresses',
        kind: 'read',
        auth: 'customer',
        contract: { status: ok, fields: ['addresses'] },
      },
      updateAddress: {
        method: 'PUT',
        path: '/profile/me/addresses/:addressId',
        kind: 'write',
        auth: 'customer',
        contract: { status: ok, fields: ['id', 'street', 'city'] },
      },
      updatePreferences: {
        method: 'PATCH',
        path: '/profile/me',
        kind: 'write',
        auth: 'customer',
        contract: { status: ok, fields: ['customerId'] },
      },
    },
  },
  payment: {
    description: 'authorises, captures and refunds; the provider sits behind an anti-corruption layer',
    tier: 'critical',
    team: 'payments',
    calls: [],
    edge: 'gateway',
    health: '/payment/health',
    routes: {
      authorize: {
        method: 'POST',
        path: '/payment/authorizations',
        kind: 'write',
        auth: 'customer',
        // 402: the provider declines the card, a business answer.
        contract: { status: [201, 402], fields: ['id', 'status', 'amountCents'] },
      },
      get: {
        method: 'GET',
        path: '/payment/authorizations/:paymentId',
        kind: 'read',
        auth: 'customer',
        contract: { status: ok, fields: ['id', 'status', 'amountCents'] },
      },
      capture: {
        method: 'POST',
        path: '/payment/authorizations/:paymentId/capture',
        kind: 'write',
        auth: 'customer',
        contract: { status: ok, fields: ['id', 'status'] },
      },
      refund: {
        method: 'POST',
        path: '/payment/authorizations/:paymentId/refund',
        kind: 'write',
        auth: 'customer',
        contract: { status: ok, fields: ['id', 'status'] },
      },
      charges: {
        method: 'GET',
        path: '/payment/charges/:orderId',
        kind: 'read',
        auth: 'customer',
        contract: { status: ok, fields: ['orderId', 'charges'] },
      },
    },
  },
  fulfillment: {
    description: 'picks, ships and tracks; carriers sit behind an anti-corruption layer',
    tier: 'standard',
    team: 'logistics',
    calls: [],
    edge: 'gateway',
    health: '/fulfillment/health',
    routes: {
      shipment: {
        method: 'GET',
        path: '/fulfillment/shipments/:orderId',
        kind: 'read',
        auth: 'customer',
        // 404: the order was placed a moment ago and its event has not arrived yet.
        contract: { status: [200, 404] },
      },
      track: {
        method: 'GET',
        path: '/fulfillment/track/:trackingId',
        kind: 'read',
        contract: { status: ok, fields: ['trackingId', 'status', 'events'] },
      },
      pick: {
        method: 'POST',
        path: '/fulfillment/picks',
        kind: 'write',
        contract: { status: created, fields: ['id', 'status'] },
      },
    },
  },
  cart: {
    description: 'cart lines and totals',
    tier: 'critical',
    team: 'orders',
    calls: ['catalog', 'promotion'],
    toleratesLossOf: ['promotion'],
    edge: 'gateway',
    health: '/cart/health',
    routes: {
      get: {
        method: 'GET',
        path: '/cart/:cartId',
        kind: 'read',
        contract: { status: ok, fields: ['id', 'lines', 'totalCents'] },
      },
      putLine: {
        method: 'PUT',
        path: '/cart/:cartId/lines/:productId',
        kind: 'write',
        contract: { status: ok, fields: ['id', 'lines', 'totalCents'] },
      },
      removeLine: {
        method: 'DELETE',
        path: '/cart/:cartId/lines/:productId',
        kind: 'write',
        contract: { status: ok, fields: ['id', 'lines', 'totalCents'] },
      },
    },
  },
  search: {
    description: 'product search, suggestions and facets',
    tier: 'critical',
    team: 'discovery',
    calls: ['catalog'],
    toleratesLossOf: ['catalog'],
    edge: 'gateway',
    health: '/search/health',
    routes: {
      query: {
        method: 'GET',
        path: '/search',
        kind: 'read',
        contract: { status: ok, fields: ['total', 'hits'] },
      },
      suggest: {
        method: 'GET',
        path: '/search/suggest',
        kind: 'read',
        contract: { status: ok, fields: ['suggestions'] },
      },
      facets: {
        method: 'GET',
        path: '/search/facets',
        kind: 'read',
        contract: { status: ok, fields: ['facets'] },
      },
    },
  },
  promotion: {
    description: 'price rules, coupons and the launch of flash sales',
    tier: 'standard',
    team: 'marketing',
    calls: [],
    edge: 'gateway',
    health: '/promotion/health',
    routes: {
      active: {
        method: 'GET',
        path: '/promotion/active',
        kind: 'read',
        contract: { status: ok, fields: ['promotions', 'flashSale'] },
      },
      quote: {
        method: 'POST',
        path: '/promotion/quotes',
        kind: 'read',
        contract: { status: ok, fields: ['discountCents'] },
      },
      launch: {
        method: 'POST',
        path: '/promotion/flash-sales',
        kind: 'write',
        contract: { status: created, fields: ['id', 'productId'] },
      },
    },
  },
  recommendation: {
    description: 'also-bought and the personal home page',
    tier: 'degradable',
    team: 'discovery',
    calls: ['catalog'],
    toleratesLossOf: ['catalog'],
    edge: 'gateway',
    health: '/recommendation/health',
    routes: {
      alsoBought: {
        method: 'GET',
        path: '/recommendation/products/:productId',
        kind: 'read',
        contract: { status: ok, fields: ['products'] },
      },
      home: {
        method: 'GET',
        path: '/recommendation/home',
        kind: 'read',
        contract: { status: ok, fields: ['products'] },
      },
    },
  },
  notification: {
    description: 'e-mail and push on order events; the in-app inbox',
    tier: 'degradable',
    team: 'engagement',
    calls: [],
    edge: 'gateway',
    health: '/notification/health',
    routes: {
      inbox: {
        method: 'GET',
        path: '/notification/inbox',
        kind: 'read',
        auth: 'customer',
        contract: { status: ok, fields: ['messages'] },
      },
      registerDevice: {
        method: 'POST',
        path: '/notification/devices',
        kind: 'write',
        auth: 'customer',
        contract: { status: created, fields: ['deviceId'] },
      },
    },
  },
  gateway: {
    description: 'API gateway: routing, JWT check, rate limit, and the strangler facade before the monolith',
    tier: 'critical',
    team: 'platform',
    calls: [],
    edge: 'direct',
    health: '/gateway/health',
    routes: {
      legacyPage: {
        method: 'GET',
        path: '/legacy/pages/:pageId',
        kind: 'read',
        contract: { status: ok, contains: '<html' },
      },
      unauthorised: {
        method: 'GET',
        path: '/gateway/whoami',
        kind: 'read',
        // Sent without or with a stale token: the gateway must refuse it.
        contract: { status: [401] },
      },
      status: {
        method: 'GET',
        path: '/gateway/status',
        kind: 'read',
        contract: { status: ok, fields: ['routes', 'legacyShare'] },
      },
    },
  },
  storefront: {
    description: 'HTML pages and assets for web and mobile',
    tier: 'critical',
    team: 'web',
    calls: ['catalog', 'recommendation'],
    edge: 'direct',
    health: '/storefront/health',
    routes: {
      home: {
        method: 'GET',
        path: '/',
        kind: 'read',
        contract: { status: ok, contains: '<main' },
      },
      product: {
        method: 'GET',
        path: '/p/:productId',
        kind: 'read',
        contract: { status: ok, contains: '<main' },
      },
      asset: {
        method: 'GET',
        path: '/assets/:file',
        kind: 'read',
        contract: { status: ok },
      },
    },
  },
  'feature-flags': {
    description: 'flag evaluation and percentage roll-out',
    tier: 'standard',
    team: 'platform',
    calls: [],
    edge: 'gateway',
    health: '/feature-flags/health',
    routes: {
      evaluate: {
        method: 'GET',
        path: '/feature-flags/evaluate',
        kind: 'read',
        contract: { status: ok, fields: ['flags'] },
      },
      ruleset: {
        method: 'GET',
        path: '/feature-flags/ruleset',
        kind: 'read',
        // 304: the poller's copy is still current.
        contract: { status: [200, 304], fields: ['version', 'rules'] },
      },
      splits: {
        method: 'GET',
        path: '/feature-flags/splits',
        kind: 'read',
        contract: { status: ok, fields: ['splits'] },
      },
    },
  },
  experiments: {
    description: 'sticky assignment of customers to A/B variants',
    tier: 'degradable',
    team: 'growth',
    calls: [],
    edge: 'gateway',
    health: '/experiments/health',
    routes: {
      assign: {
        method: 'GET',
        path: '/experiments/assignments',
        kind: 'read',
        contract: { status: ok, fields: ['assignments'] },
      },
      expose: {
        method: 'POST',
        path: '/experiments/exposures',
        kind: 'write',
        contract: { status: [202] },
      },
      splits: {
        method: 'GET',
        path: '/experiments/splits',
        kind: 'read',
        contract: { status: ok, fields: ['splits'] },
      },
    },
  },
  analytics: {
    description: 'ingests events and serves live dashboards',
    tier: 'standard',
    team: 'data',
    calls: [],
    edge: 'direct',
    health: '/analytics/health',
    routes: {
      ingest: {
        method: 'POST',
        path: '/analytics/events',
        kind: 'write',
        contract: { status: [202], fields: ['accepted'] },
      },
      dashboard: {
        method: 'GET',
        path: '/analytics/dashboards/:dashboardId',
        kind: 'read',
        contract: { status: ok, fields: ['id', 'figures', 'ageSeconds'] },
      },
      freshness: {
        method: 'GET',
        path: '/analytics/freshness',
        kind: 'read',
        contract: { status: ok, fields: ['ageSeconds'] },
      },
    },
  },
  webhooks: {
    description: 'receives provider and carrier call-backs, verifies signatures, removes duplicates',
    tier: 'standard',
    team: 'integrations',
    calls: ['event-bus'],
    toleratesLossOf: ['event-bus'],
    edge: 'direct',
    health: '/webhooks/health',
    routes: {
      payment: {
        method: 'POST',
        path: '/webhooks/payments',
        kind: 'write',
        auth: 'signature',
        // 401: a forged signature, refused as it must be (the scenario sends some on purpose).
        contract: { status: [202, 401] },
      },
      carrier: {
        method: 'POST',
        path: '/webhooks/carriers',
        kind: 'write',
        auth: 'signature',
        contract: { status: [202, 401] },
      },
    },
  },
  'event-bus': {
    description: 'at-least-once delivery of events between services',
    tier: 'critical',
    team: 'platform',
    calls: ['analytics', 'notification', 'fulfillment', 'data-sync'],
    toleratesLossOf: ['analytics', 'fulfillment', 'data-sync'],
    edge: 'direct',
    health: '/event-bus/health',
    routes: {
      publish: {
        method: 'POST',
        path: '/event-bus/events',
        kind: 'write',
        contract: { status: [202], fields: ['id'] },
      },
      lag: {
        method: 'GET',
        path: '/event-bus/lag',
        kind: 'read',
        contract: { status: ok, fields: ['pending', 'oldestAgeSeconds'] },
      },
    },
  },
  'data-sync': {
    description: 'writes to the legacy side and the new side, and reports their divergence',
    tier: 'standard',
    team: 'platform',
    calls: [],
    edge: 'direct',
    health: '/data-sync/health',
    routes: {
      replicate: {
        method: 'POST',
        path: '/data-sync/records',
        kind: 'write',
        contract: { status: [202], fields: ['id'] },
      },
      divergence: {
        method: 'GET',
        path: '/data-sync/divergence',
        kind: 'read',
        contract: { status: ok, fields: ['records', 'diverged'] },
      },
    },
  },
} as const satisfies Catalog;

export type ServiceName = keyof typeof catalog;
export type RetailRoute = RouteKeyOf<typeof catalog>;
