import type { Profile } from './types.ts';

export const spike: Profile = {
  name: 'spike',
  description: '1x to 10x within a second and back, twice; 100 seconds',
  browsers: 1,
  phases: [
    { name: 'warmup', kind: 'hold', seconds: 5, multiplier: 1 },
    { name: 'calm', kind: 'hold', seconds: 10, multiplier: 1 },
    { name: 'first-rise', kind: 'ramp', seconds: 1, multiplier: 10 },
    { name: 'first-spike', kind: 'hold', seconds: 20, multiplier: 10 },
    { name: 'first-fall', kind: 'ramp', seconds: 1, multiplier: 1 },
    { name: 'recovery', kind: 'hold', seconds: 20, multiplier: 1 },
    { name: 'second-rise', kind: 'ramp', seconds: 1, multiplier: 10 },
    { name: 'second-spike', kind: 'hold', seconds: 20, multiplier: 10 },
    { name: 'second-fall', kind: 'ramp', seconds: 1, multiplier: 1 },
    { name: 'aftermath', kind: 'hold', seconds: 21, multiplier: 1 },
  ],
};
