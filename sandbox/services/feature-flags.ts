/** Flags rolled out to a percentage of customers, from 1 % up; servers poll the rule set with its ETag. */
import { percentile } from '../kit/ids.ts';
import { defineService } from '../kit/service.ts';

/** Flag → percentage of customers that have it. */
const rules = {
  'one-page-checkout': 100,
  'new-search-ranking': 50,
  'express-pay': 25,
  'live-stock-badge': 10,
  'size-advisor': 1,
} as const;
const version = 7;
const etag = `"ruleset-${version}"`;

/** The same customer keeps a flag while its percentage grows. */
export const isOn = (flag: string, percent: number, customer: string): boolean =>
  percentile(`${flag}:${customer}`) < percent;

export const featureFlags = defineService({
  name: 'feature-flags',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 30, write: 30 } },
  start: () => ({
    routes: {
      evaluate: ({ query }) => {
        const customer = query.customerId ?? 'anonymous';
        const flags = Object.entries(rules).map(([flag, percent]) => [flag, isOn(flag, percent, customer)]);
        return { flags: Object.fromEntries(flags) };
      },
      ruleset: ({ headers }, reply) => {
        reply.header('etag', etag);
        if (headers['if-none-match'] === etag) return reply.code(304).send();
        return { version, rules };
      },
    },
  }),
});
