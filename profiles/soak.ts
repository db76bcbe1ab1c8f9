import type { Profile } from './types.ts';

export const soak: Profile = {
  name: 'soak',
  description: 'a raised load for long, to find what grows; 30 minutes, or as --duration says',
  phases: [
    { name: 'warmup', kind: 'hold', seconds: 10, multiplier: 1 },
    { name: 'rise', kind: 'ramp', seconds: 20, multiplier: 3 },
    { name: 'soak', kind: 'hold', seconds: 1770, multiplier: 3 },
  ],
};
