/**
 * What RetailPulse is drilled in at its peak: the failures of docs/retailpulse.md's old Black Friday, and those that
 * a shop of services adds.
 */
import type { DrillSpec } from '../profiles/drills.ts';
import type { ServiceName } from './catalog.ts';

/** What holds what customers pay for: the zone of all of it goes at once. */
export const purchasePath = [
  'order',
  'payment',
  'inventory',
  'cart',
] as const satisfies readonly ServiceName[];

export const drills: readonly DrillSpec[] = [
  // Degradable: pages show without recommendations until it is back.
  {
    service: 'recommendation',
    kind: 'memory-leak',
    parameters: { megabytesPerSecond: 60 },
    ...{ forSeconds: 12, recoverySeconds: 20 },
  },
  // The provider behind payment answers late: authorisations wait, nothing may be charged twice.
  {
    service: 'payment',
    kind: 'slow-dependency',
    parameters: { latencyMs: 1500 },
    ...{ forSeconds: 10, recoverySeconds: 22 },
  },
  { service: 'search', kind: 'crash', forSeconds: 8, recoverySeconds: 24 },
  // Orders go on and their events pile up; analytics has to catch up afterwards.
  { service: 'event-bus', kind: 'hang', forSeconds: 8, recoverySeconds: 28 },
  // The ledger of orders is copied before an order is acknowledged: fail-over must lose none.
  {
    service: 'order',
    kind: 'zone-loss',
    parameters: { lagMs: 0, failOverMs: 3000 },
    ...{ forSeconds: 10, recoverySeconds: 26 },
  },
  {
    service: 'catalog',
    kind: 'bad-deploy',
    // Bad enough to be seen within seconds, by customers and by the probe; a tenth of the requests fails.
    parameters: { canaryShare: 0.25, errorShare: 0.4 },
    ...{ forSeconds: 10, recoverySeconds: 25 },
  },
];
