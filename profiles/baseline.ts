import type { Profile } from './types.ts';

export const baseline: Profile = {
  name: 'baseline',
  description: 'a steady normal day, the reference for comparisons; 60 seconds',
  browsers: 1,
  phases: [
    { name: 'warmup', kind: 'hold', seconds: 5, multiplier: 1 },
    { name: 'normal', kind: 'hold', seconds: 55, multiplier: 1 },
  ],
};
