/** Flags rolled out to a percentage of customers, from 1 % up; servers poll the rule set with its ETag. */
import { percentile } from '../kit/ids.ts';
import { defineService } from '../kit/service.ts';
import { Splits } from './splits.ts';

/** Flag → percentage of customers that have it, until one is rolled out. */
const rulesAtRest = {
  'one-page-checkout': 100,
  'new-search-ranking': 50,
  'express-pay': 25,
  'live-stock-badge': 10,
  'size-advisor': 1,
} as const;
const versionAtRest = 7;
/** The one that is rolled out. */
const newFlag = 'size-advisor';

/** The same customer keeps a flag while its percentage grows. */
export const isOn = (flag: string, percent: number, customer: string): boolean =>
  percentile(`${flag}:${customer}`) < percent;

export const featureFlags = defineService({
  name: 'feature-flags',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 30, write: 30 } },
  start({ conditions }) {
    const evaluated = new Splits();
    const rules = (): Readonly<Record<string, number>> => {
      const { rolloutPercent } = conditions;
      return rolloutPercent === undefined ? rulesAtRest : { ...rulesAtRest, [newFlag]: rolloutPercent };
    };
    return {
      routes: {
        evaluate: ({ query }) => {
          const customer = query.customerId ?? 'anonymous';
          const flags = Object.entries(rules()).map(([flag, percent]) => {
            const has = isOn(flag, percent, customer);
            // Each percentage is a split of its own: shares of different ones must not be mixed.
            evaluated.note(`${flag} at ${percent} %`, percent / 100, customer, has);
            return [flag, has];
          });
          return { flags: Object.fromEntries(flags) };
        },
        ruleset: ({ headers }, reply) => {
          const version = versionAtRest + (conditions.rolloutPercent ?? 0);
          const etag = `"ruleset-${version}"`;
          reply.header('etag', etag);
          if (headers['if-none-match'] === etag) return reply.code(304).send();
          return { version, rules: rules() };
        },
        splits: () => ({ splits: evaluated.list() }),
      },
      monitoring: {
        flags: () =>
          conditions.rolloutPercent === undefined
            ? undefined
            : `${newFlag} is at ${conditions.rolloutPercent} %`,
      },
    };
  },
});
