/** What the stand-in can be built with on purpose, so that a rehearsal has something to catch. The one list of defects. */
export const defects = {
  'no-circuit-breaker-on-recommendation':
    'storefront calls recommendation without time limit, breaker and stand-in',
  'ack-before-fsync': 'an order is acknowledged before it is written, and written 30 s later',
  'no-idempotency': 'payment takes every request for a new one, whatever its idempotency key says',
  'oversell-race': 'inventory decides on a copy of the stock that lags 20 s',
  'no-health-check': 'nobody notices that a process has died, so nobody starts it again',
  'autoscaler-off': 'every service keeps the one slot that a normal day needs',
  'legacy-monolith': 'one process with two slots takes everything',
} as const;

export type Defect = keyof typeof defects;
