import { staircase } from './staircase.ts';
import type { Profile } from './types.ts';

export const ramp: Profile = {
  name: 'ramp',
  description: '1x to 10x in ten steps with a hold at each; 2 minutes',
  browsers: 1,
  phases: staircase([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { holdSeconds: 10, rampSeconds: 2 }),
};
