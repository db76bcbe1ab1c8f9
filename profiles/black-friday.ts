import type { Profile } from './types.ts';

/**
 * The day of docs/retailpulse.md in less than three minutes: every transition stays as abrupt as it was. At its peak
 * two parts fail as they do on such days; customers should hardly notice.
 */
export const blackFriday: Profile = {
  name: 'black-friday',
  description:
    'the compressed day: night, doorbuster step, plateau, lunch dip, 10x peak with two faults, decay; 165 seconds',
  browsers: 1,
  phases: [
    { name: 'warmup', kind: 'hold', seconds: 5, multiplier: 1 },
    { name: 'night', kind: 'hold', seconds: 12, multiplier: 1 },
    { name: 'opening', kind: 'ramp', seconds: 3, multiplier: 8 },
    { name: 'doorbuster', kind: 'hold', seconds: 20, multiplier: 8 },
    { name: 'settling', kind: 'ramp', seconds: 5, multiplier: 6 },
    { name: 'plateau', kind: 'hold', seconds: 20, multiplier: 6 },
    { name: 'noon', kind: 'ramp', seconds: 5, multiplier: 4 },
    { name: 'lunch', kind: 'hold', seconds: 10, multiplier: 4 },
    { name: 'evening', kind: 'ramp', seconds: 10, multiplier: 10 },
    { name: 'peak', kind: 'hold', seconds: 55, multiplier: 10 },
    { name: 'decay', kind: 'ramp', seconds: 20, multiplier: 1 },
  ],
  faults: [
    // Pages show without recommendations until it is back.
    {
      ...{ atSeconds: 97, forSeconds: 8, service: 'recommendation', kind: 'memory-leak' },
      parameters: { megabytesPerSecond: 60 },
    },
    // The provider is late, but payment still answers within its limits.
    {
      ...{ atSeconds: 122, forSeconds: 8, service: 'payment', kind: 'slow-dependency' },
      parameters: { latencyMs: 350 },
    },
  ],
  faultsWherePossible: true,
};
