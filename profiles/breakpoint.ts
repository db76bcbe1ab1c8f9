import { staircase } from './staircase.ts';
import type { Profile } from './types.ts';

export const breakpoint: Profile = {
  name: 'breakpoint',
  description: 'beyond 10x, step by step, until objectives fail; reports the highest multiple that held',
  phases: staircase([2, 5, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32], { holdSeconds: 10, rampSeconds: 2 }),
  stopAtFailure: true,
};
