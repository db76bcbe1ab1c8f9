/** The built-in suite: RetailPulse, whose Black Friday promises peakproof was made to verify. */
import { profiles } from './profiles/index.ts';
import { defineSuite } from './runner/suite.ts';
import { audits } from './scenarios/audits.ts';
import { catalog } from './scenarios/catalog.ts';
import { traffic } from './scenarios/traffic.ts';

export default defineSuite({
  name: 'retailpulse',
  title: 'RetailPulse Black Friday',
  catalog,
  traffic,
  profiles,
  defaultProfile: 'black-friday',
  script: 'scenarios/script.ts',
  browserScript: 'scenarios/browser/storefront.ts',
  objectives: 'slo/objectives',
  policies: 'slo/policies',
  defaultTarget: 'sandbox',
  secrets: ['customerPassword', 'webhookSecret'],
  samplers: [
    { reading: 'analytics-age-seconds', route: 'analytics.freshness', field: 'ageSeconds', everySeconds: 1 },
  ],
  audits,
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
      notMeasured: 'needs drills with injected faults; this version runs none',
    },
    {
      id: 'deployment',
      title: 'Deployments without loss',
      before: 'monthly',
      after: '15 to 20 a day',
      notMeasured: 'needs a deployment under load; this version makes none',
    },
    {
      id: 'cost',
      title: 'Cost of running it',
      before: '$127 k a month',
      after: '$76 k a month',
      notMeasured: 'needs the replica count of the environment; this version does not read it',
    },
  ],
});
