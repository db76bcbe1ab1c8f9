/** The one k6 entry of RetailPulse: a row for each scenario of traffic.ts. */
import browse from './journeys/browse.ts';
import checkout from './journeys/checkout.ts';
import flashSale from './journeys/flash-sale.ts';
import mobileAppStart from './journeys/mobile-app-start.ts';
import orderTracking from './journeys/order-tracking.ts';
import searchToCart from './journeys/search-to-cart.ts';
import { defineScript, type ScenarioFunction } from './k6/index.ts';
import analytics from './services/analytics.ts';
import auth from './services/auth.ts';
import cart from './services/cart.ts';
import catalog from './services/catalog.ts';
import dataSync from './services/data-sync.ts';
import eventBus from './services/event-bus.ts';
import experiments from './services/experiments.ts';
import featureFlags from './services/feature-flags.ts';
import fulfillment from './services/fulfillment.ts';
import gateway from './services/gateway.ts';
import inventory from './services/inventory.ts';
import notification from './services/notification.ts';
import order from './services/order.ts';
import payment from './services/payment.ts';
import profile from './services/profile.ts';
import promotion from './services/promotion.ts';
import recommendation from './services/recommendation.ts';
import search from './services/search.ts';
import storefront from './services/storefront.ts';
import webhooks from './services/webhooks.ts';
import type { ScenarioName } from './traffic.ts';

const script = defineScript({
  browse,
  'search-to-cart': searchToCart,
  checkout,
  'mobile-app-start': mobileAppStart,
  'order-tracking': orderTracking,
  'flash-sale': flashSale,
  order,
  catalog,
  inventory,
  auth,
  profile,
  payment,
  fulfillment,
  cart,
  search,
  promotion,
  recommendation,
  notification,
  gateway,
  storefront,
  'feature-flags': featureFlags,
  experiments,
  analytics,
  webhooks,
  'event-bus': eventBus,
  'data-sync': dataSync,
} satisfies Record<ScenarioName, ScenarioFunction>);

export const { options, run, handleSummary } = script;
