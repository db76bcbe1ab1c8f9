import type { Profile } from './types.ts';

export const smoke: Profile = {
  name: 'smoke',
  description: 'does everything answer at normal load; 20 seconds',
  browsers: 1,
  phases: [
    { name: 'warmup', kind: 'hold', seconds: 3, multiplier: 1 },
    { name: 'normal', kind: 'hold', seconds: 17, multiplier: 1 },
  ],
};
