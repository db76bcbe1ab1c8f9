import { expect, test } from 'vitest';
import { elasticity } from '../../../profiles/elasticity.ts';
import { makePlan } from '../../../profiles/plan.ts';
import { scaling } from '../../../sandbox/kit/autoscaler.ts';
import { catalog } from '../../../scenarios/catalog.ts';
import { traffic } from '../../../scenarios/traffic.ts';

const work = { noun: 'orders', route: 'order.place' };
const plan = makePlan({
  suiteName: 'retailpulse',
  catalog,
  traffic,
  profile: elasticity(work),
  environment: { name: 'sandbox', scale: 0.01, baseUrls: {} },
  seed: 1,
  limits: { limitsMs: {}, journeyLimitsMs: {} },
});

test('load goes up to 10x and down again in at most four minutes', () => {
  const holds = plan.phases.filter(({ kind, role }) => kind === 'hold' && role === 'judged');
  expect(holds.map(({ toMultiplier }) => toMultiplier)).toEqual([1, 4, 7, 10, 7, 4, 1]);
  expect(plan.durationSeconds).toBeLessThanOrEqual(240);
  expect(plan.elasticity).toEqual(work);
});

test('on the way down, holds outlast the wait of an autoscaler before it takes replicas away', () => {
  const peak = plan.phases.findIndex(({ name }) => name === '10x');
  const after = plan.phases.slice(peak + 1).filter(({ kind }) => kind === 'hold');
  for (const { startSecond, endSecond } of after) {
    expect(endSecond - startSecond).toBeGreaterThan(scaling.scaleInAfterSeconds + scaling.startUpSeconds);
  }
});
