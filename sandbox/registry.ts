/** Name → service. Imported when its worker starts: no thread loads the code of the others. */
import type { ServiceName } from '../scenarios/catalog.ts';
import type { ServiceDefinition } from './kit/service.ts';

export const services: { readonly [S in ServiceName]: () => Promise<ServiceDefinition<S>> } = {
  order: async () => (await import('./services/order.ts')).order,
  catalog: async () => (await import('./services/catalog.ts')).catalogService,
  inventory: async () => (await import('./services/inventory.ts')).inventory,
  auth: async () => (await import('./services/auth.ts')).auth,
  profile: async () => (await import('./services/profile.ts')).profile,
  payment: async () => (await import('./services/payment.ts')).payment,
  fulfillment: async () => (await import('./services/fulfillment.ts')).fulfillment,
  cart: async () => (await import('./services/cart.ts')).cart,
  search: async () => (await import('./services/search.ts')).search,
  promotion: async () => (await import('./services/promotion.ts')).promotion,
  recommendation: async () => (await import('./services/recommendation.ts')).recommendation,
  notification: async () => (await import('./services/notification.ts')).notification,
  gateway: async () => (await import('./services/gateway.ts')).gateway,
  storefront: async () => (await import('./services/storefront.ts')).storefront,
  'feature-flags': async () => (await import('./services/feature-flags.ts')).featureFlags,
  experiments: async () => (await import('./services/experiments.ts')).experiments,
  analytics: async () => (await import('./services/analytics.ts')).analytics,
  webhooks: async () => (await import('./services/webhooks.ts')).webhooks,
  'event-bus': async () => (await import('./services/event-bus.ts')).eventBus,
  'data-sync': async () => (await import('./services/data-sync.ts')).dataSync,
};
