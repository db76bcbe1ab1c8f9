/**
 * How Black Friday loads RetailPulse, at full scale. Derived figures (assumptions, docs/retailpulse.md):
 * 3.2 M orders on the day are 37 orders/s on average; a peak hour at 2.5 times that, 93 orders/s, is
 * called 10x, so 1x is 9.3 orders/s. With 3 % conversion and about 10 requests a session, 1x is about
 * 3,100 requests/s. A target states its `scale`; every rate below is multiplied by it.
 *
 * Each scenario file implements exactly the actions named here.
 */
import type { RetailRoute } from './catalog.ts';
import type { ScenarioTraffic } from './model.ts';

export const fullScaleAt1x = { requestsPerSecond: 3100, ordersPerSecond: 9.3 } as const;

type Requests = Partial<Record<RetailRoute, number>>;

interface RetailScenario extends Omit<ScenarioTraffic, 'actions'> {
  readonly actions: Readonly<Record<string, { readonly weight: number; readonly requests: Requests }>>;
}

const visitor = { shape: 'proportional', thinkSeconds: 0, expectedLatencyMs: 60 } as const;

/** One in ten customers presses the button twice: mean requests to authorise one purchase. */
export const paymentsPerPurchase = 1.1;

export const traffic = {
  // Journeys: customers who cross services.
  browse: {
    ...visitor,
    kind: 'journey',
    description: 'arrives at the home page, opens a category and looks at products',
    iterationsPerSecondAt1x: 70,
    beacons: 2,
    thinkSeconds: 2,
    actions: {
      window_shop: {
        weight: 70,
        requests: {
          'storefront.home': 1,
          'catalog.categories': 1,
          'catalog.category': 1,
          'catalog.product': 2,
          'recommendation.alsoBought': 1,
        },
      },
      compare: {
        weight: 30,
        requests: { 'storefront.product': 1, 'catalog.product': 3, 'inventory.stock': 1, 'catalog.price': 1 },
      },
    },
  },
  'search-to-cart': {
    ...visitor,
    kind: 'journey',
    description: 'types, searches, narrows down, opens a hit and puts it into the cart',
    iterationsPerSecondAt1x: 45,
    beacons: 2,
    thinkSeconds: 2,
    actions: {
      find_and_add: {
        weight: 100,
        requests: {
          'search.suggest': 2,
          'search.query': 1,
          'search.facets': 1,
          'catalog.product': 1,
          'inventory.stock': 1,
          'cart.putLine': 1,
        },
      },
    },
  },
  checkout: {
    ...visitor,
    kind: 'journey',
    description:
      'logs in, fills the cart, quotes a promotion, reserves, pays, orders and sees the confirmation',
    iterationsPerSecondAt1x: 8.4,
    thinkSeconds: 2,
    actions: {
      buy: {
        weight: 100,
        requests: {
          'auth.login': 1,
          'cart.putLine': 1,
          'cart.get': 1,
          'promotion.quote': 1,
          'inventory.reserve': 1,
          'payment.authorize': paymentsPerPurchase,
          'order.place': 1,
          'order.get': 1,
        },
      },
    },
  },
  'mobile-app-start': {
    ...visitor,
    kind: 'journey',
    description: 'opens the app: session, flags, experiments, personal home, promotions',
    iterationsPerSecondAt1x: 110,
    beacons: 1,
    thinkSeconds: 1,
    actions: {
      cold_start: {
        weight: 40,
        requests: {
          'feature-flags.evaluate': 1,
          'experiments.assign': 1,
          'recommendation.home': 1,
          'promotion.active': 1,
          'catalog.categories': 1,
          'analytics.ingest': 1,
        },
      },
      resume: {
        weight: 60,
        requests: {
          'feature-flags.evaluate': 1,
          'auth.verify': 1,
          'recommendation.home': 1,
          'notification.inbox': 1,
        },
      },
    },
  },
  'order-tracking': {
    ...visitor,
    kind: 'journey',
    description: 'where is my order: history, one order, its shipment',
    iterationsPerSecondAt1x: 30,
    thinkSeconds: 1,
    actions: {
      track: {
        weight: 100,
        requests: { 'order.history': 1, 'fulfillment.track': 1, 'profile.me': 1 },
      },
    },
  },
  'flash-sale': {
    ...visitor,
    kind: 'journey',
    description: 'everybody wants the one product on sale: stock, reserve, pay, order, or sold out',
    iterationsPerSecondAt1x: 12,
    thinkSeconds: 0.5,
    boostIn: { peak: 2 },
    actions: {
      watch: {
        weight: 92,
        requests: { 'promotion.active': 1, 'catalog.product': 1, 'inventory.stock': 1 },
      },
      grab: {
        weight: 8,
        requests: {
          'auth.login': 1,
          'inventory.stock': 1,
          'cart.putLine': 1,
          'inventory.reserve': 1,
          'payment.authorize': paymentsPerPurchase,
          'order.place': 1,
        },
      },
    },
  },

  // Services: each one's own traffic, beside what the journeys bring.
  order: {
    ...visitor,
    kind: 'service',
    service: 'order',
    description: 'the order page before the button is pressed, reads of history, and the few cancellations',
    iterationsPerSecondAt1x: 50,
    actions: {
      history: { weight: 50, requests: { 'order.history': 1 } },
      // Two for every order that is placed.
      review: { weight: 40, requests: { 'order.review': 1 } },
      cancel: { weight: 10, requests: { 'order.history': 1, 'order.cancel': 1 } },
    },
  },
  catalog: {
    ...visitor,
    kind: 'service',
    service: 'catalog',
    description: 'product reads with a few hot keys, category pages, and price bots that never stop',
    iterationsPerSecondAt1x: 230,
    actions: {
      product: { weight: 45, requests: { 'catalog.product': 1 } },
      category: { weight: 20, requests: { 'catalog.category': 1 } },
      price_bot: { weight: 35, requests: { 'catalog.price': 1 } },
    },
  },
  inventory: {
    ...visitor,
    kind: 'service',
    service: 'inventory',
    description: 'stock polling of hot products; reservations that are abandoned and released',
    iterationsPerSecondAt1x: 110,
    actions: {
      poll_stock: { weight: 88, requests: { 'inventory.stock': 1 } },
      abandon: { weight: 12, requests: { 'inventory.reserve': 1, 'inventory.release': 1 } },
    },
  },
  auth: {
    ...visitor,
    kind: 'service',
    service: 'auth',
    description: 'login storms at the doorbuster step, refreshes, MFA, social logins, mistyped passwords',
    iterationsPerSecondAt1x: 80,
    boostIn: { doorbuster: 2 },
    actions: {
      login: { weight: 40, requests: { 'auth.login': 1 } },
      mistype: { weight: 6, requests: { 'auth.login': 2 } },
      mfa: { weight: 8, requests: { 'auth.mfa': 1, 'auth.login': 1 } },
      social: { weight: 12, requests: { 'auth.social': 1 } },
      refresh: { weight: 14, requests: { 'auth.login': 1, 'auth.refresh': 1 } },
      verify: { weight: 20, requests: { 'auth.verify': 1 } },
    },
  },
  profile: {
    ...visitor,
    kind: 'service',
    service: 'profile',
    description: 'customer data and address book, with changes before a delivery',
    iterationsPerSecondAt1x: 60,
    actions: {
      read: { weight: 55, requests: { 'profile.me': 1 } },
      addresses: { weight: 25, requests: { 'profile.addresses': 1 } },
      move: { weight: 12, requests: { 'profile.addresses': 1, 'profile.updateAddress': 1 } },
      preferences: { weight: 8, requests: { 'profile.updatePreferences': 1 } },
    },
  },
  payment: {
    ...visitor,
    kind: 'service',
    service: 'payment',
    description: 'authorise and capture, retries with the same idempotency key, status reads, refunds',
    iterationsPerSecondAt1x: 18,
    actions: {
      authorize_capture: { weight: 50, requests: { 'payment.authorize': 1, 'payment.capture': 1 } },
      retry: { weight: 15, requests: { 'payment.authorize': 2 } },
      status: { weight: 20, requests: { 'payment.authorize': 1, 'payment.get': 1 } },
      refund: {
        weight: 15,
        requests: { 'payment.authorize': 1, 'payment.capture': 1, 'payment.refund': 1 },
      },
    },
  },
  fulfillment: {
    ...visitor,
    kind: 'service',
    service: 'fulfillment',
    description: 'parcel tracking, and warehouse scanners that report picks',
    iterationsPerSecondAt1x: 60,
    actions: {
      track: { weight: 75, requests: { 'fulfillment.track': 1 } },
      pick: { weight: 25, requests: { 'fulfillment.pick': 1 } },
    },
  },
  cart: {
    ...visitor,
    kind: 'service',
    service: 'cart',
    description: 'carts read on every page, lines added, changed and removed',
    iterationsPerSecondAt1x: 90,
    actions: {
      glance: { weight: 65, requests: { 'cart.get': 1 } },
      add: { weight: 25, requests: { 'cart.putLine': 1, 'cart.get': 1 } },
      change_mind: { weight: 10, requests: { 'cart.putLine': 1, 'cart.removeLine': 1 } },
    },
  },
  search: {
    ...visitor,
    kind: 'service',
    service: 'search',
    description: 'a few words that everybody types, and a long tail',
    iterationsPerSecondAt1x: 170,
    actions: {
      query: { weight: 60, requests: { 'search.query': 1 } },
      suggest: { weight: 28, requests: { 'search.suggest': 1 } },
      facets: { weight: 12, requests: { 'search.facets': 1 } },
    },
  },
  promotion: {
    ...visitor,
    kind: 'service',
    service: 'promotion',
    description: 'active promotions, coupon quotes, and marketing launching flash sales',
    iterationsPerSecondAt1x: 60,
    actions: {
      active: { weight: 68, requests: { 'promotion.active': 1 } },
      coupon: { weight: 30, requests: { 'promotion.quote': 1 } },
      launch: { weight: 2, requests: { 'promotion.launch': 1 } },
    },
  },
  recommendation: {
    ...visitor,
    kind: 'service',
    service: 'recommendation',
    description: 'also-bought under product pages and personal home pages',
    iterationsPerSecondAt1x: 130,
    actions: {
      also_bought: { weight: 70, requests: { 'recommendation.alsoBought': 1 } },
      home: { weight: 30, requests: { 'recommendation.home': 1 } },
    },
  },
  notification: {
    ...visitor,
    kind: 'service',
    service: 'notification',
    description: 'inbox reads after each order event, devices registered for push',
    iterationsPerSecondAt1x: 50,
    actions: {
      inbox: { weight: 85, requests: { 'notification.inbox': 1 } },
      register: { weight: 15, requests: { 'notification.registerDevice': 1 } },
    },
  },
  gateway: {
    ...visitor,
    kind: 'service',
    service: 'gateway',
    description: 'pages still served by the monolith, requests without a valid token, status polls',
    iterationsPerSecondAt1x: 60,
    actions: {
      legacy: { weight: 70, requests: { 'gateway.legacyPage': 1 } },
      stale_token: { weight: 20, requests: { 'gateway.unauthorised': 1 } },
      status: { weight: 10, requests: { 'gateway.status': 1 } },
    },
  },
  storefront: {
    ...visitor,
    kind: 'service',
    service: 'storefront',
    description: 'landing pages from ads and links, with assets that the edge cache missed',
    iterationsPerSecondAt1x: 100,
    actions: {
      home: { weight: 35, requests: { 'storefront.home': 1 } },
      product: { weight: 45, requests: { 'storefront.product': 1 } },
      asset: { weight: 20, requests: { 'storefront.asset': 1 } },
    },
  },
  'feature-flags': {
    ...visitor,
    kind: 'service',
    service: 'feature-flags',
    description: 'servers polling the rule set (mostly unchanged), clients evaluating flags',
    iterationsPerSecondAt1x: 80,
    actions: {
      poll: { weight: 60, requests: { 'feature-flags.ruleset': 1 } },
      evaluate: { weight: 40, requests: { 'feature-flags.evaluate': 1 } },
    },
  },
  experiments: {
    ...visitor,
    kind: 'service',
    service: 'experiments',
    description: 'sticky assignments and exposure events',
    iterationsPerSecondAt1x: 30,
    actions: {
      assign: { weight: 10, requests: { 'experiments.assign': 1 } },
      expose: { weight: 20, requests: { 'experiments.assign': 1, 'experiments.expose': 1 } },
    },
  },
  analytics: {
    ...visitor,
    kind: 'service',
    service: 'analytics',
    description: 'click-stream batches, and dashboards that the business watches all day',
    iterationsPerSecondAt1x: 70,
    actions: {
      ingest: { weight: 80, requests: { 'analytics.ingest': 1 } },
      dashboard: { weight: 20, requests: { 'analytics.dashboard': 1 } },
    },
  },
  webhooks: {
    ...visitor,
    kind: 'service',
    service: 'webhooks',
    description:
      'signed call-backs of provider and carriers, seconds after the orders; duplicates and forgeries',
    iterationsPerSecondAt1x: 28,
    shape: 'lagged',
    lagSeconds: 3,
    actions: {
      payment: { weight: 55, requests: { 'webhooks.payment': 1 } },
      carrier: { weight: 30, requests: { 'webhooks.carrier': 1 } },
      duplicate: { weight: 10, requests: { 'webhooks.payment': 2 } },
      forged: { weight: 5, requests: { 'webhooks.payment': 1 } },
    },
  },
  'event-bus': {
    ...visitor,
    kind: 'service',
    service: 'event-bus',
    description: 'events from the monolith and batch jobs, lag watched by operations',
    iterationsPerSecondAt1x: 36,
    actions: {
      publish: { weight: 80, requests: { 'event-bus.publish': 1 } },
      lag: { weight: 20, requests: { 'event-bus.lag': 1 } },
    },
  },
  'data-sync': {
    ...visitor,
    kind: 'service',
    service: 'data-sync',
    description: 'dual writes of the transition, and the divergence report',
    iterationsPerSecondAt1x: 30,
    shape: 'steady',
    actions: {
      replicate: { weight: 90, requests: { 'data-sync.replicate': 1 } },
      divergence: { weight: 10, requests: { 'data-sync.divergence': 1 } },
    },
  },
} as const satisfies Record<string, RetailScenario>;

export type ScenarioName = keyof typeof traffic;
