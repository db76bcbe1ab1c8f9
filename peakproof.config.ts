/** The built-in suite: RetailPulse, whose Black Friday promises peakproof was made to verify. */
import { blastRadius } from './profiles/blast-radius.ts';
import { deploy } from './profiles/deploy.ts';
import { elasticity } from './profiles/elasticity.ts';
import { failover } from './profiles/failover.ts';
import { profiles } from './profiles/index.ts';
import { recovery } from './profiles/recovery.ts';
import { defineSuite } from './runner/suite.ts';
import { audits } from './scenarios/audits.ts';
import { catalog } from './scenarios/catalog.ts';
import { drills, purchasePath } from './scenarios/drills.ts';
import { orders } from './scenarios/ledgers.ts';
import { traffic } from './scenarios/traffic.ts';

export default defineSuite({
  name: 'retailpulse',
  title: 'RetailPulse Black Friday',
  catalog,
  traffic,
  profiles: [
    ...profiles,
    recovery(drills),
    blastRadius(Object.keys(catalog)),
    elasticity({ noun: 'orders', route: orders.write }),
    failover(purchasePath),
    deploy({ service: 'catalog', flags: 'feature-flags' }),
  ],
  defaultProfile: 'black-friday',
  script: 'scenarios/script.ts',
  browserScript: 'scenarios/browser/storefront.ts',
  objectives: 'slo/objectives',
  policies: 'slo/policies',
  defaultTarget: 'sandbox',
  secrets: ['customerPassword', 'webhookSecret'],
  samplers: [
    { reading: 'analytics-age-seconds', route: 'analytics.freshness', field: 'ageSeconds', everySeconds: 1 },
    // Messages that some subscriber has not acknowledged yet; at rest there are a few, for 50 ms each.
    { reading: 'event-bus-backlog', route: 'event-bus.lag', field: 'pending', everySeconds: 1 },
  ],
  audits,
  ledgers: [orders],
  promises: [
    { id: 'uptime', title: 'Uptime', before: '99.2 %', after: '99.99 %' },
    { id: 'peak-response', title: 'Response time at peak', before: '8.5 s', after: 'under 2 s' },
    { id: 'capacity', title: 'Ten times the normal load', before: 'crash', after: '10x, nobody intervening' },
    { id: 'latency', title: 'Every service answers in time', after: 'p99 within its limit' },
    { id: 'orders', title: 'No order lost, charged twice or oversold', after: '37 orders/s, none wrong' },
    { id: 'analytics', title: 'Age of live analytics', after: 'under 5 s' },
    { id: 'page-load', title: 'Page load', before: '4.2 s', after: 'under 1.5 s' },
    {
      id: 'recovery',
      title: 'Recovery',
      before: '45 min',
      after: '3 min, RTO 15 min, RPO 5 min',
      notMeasured: 'this profile breaks nothing; black-friday and recovery do',
    },
    {
      id: 'blast-radius',
      title: 'No component takes down another',
      after: 'only what depends on it',
      notMeasured: 'this profile breaks nothing; recovery and blast-radius do',
    },
    {
      id: 'deployment',
      title: 'Deployments without loss',
      before: 'monthly',
      after: '15 to 20 a day',
      notMeasured: 'this profile deploys nothing; deploy does',
    },
    {
      id: 'cost',
      title: 'Cost of running it',
      before: '$127 k a month',
      after: '$76 k a month',
      notMeasured:
        'needs load that falls again and a target that counts replicas; profile elasticity has the one',
    },
  ],
});
