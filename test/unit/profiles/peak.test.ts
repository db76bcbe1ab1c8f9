import { expect, it } from 'vitest';
import { blackFriday } from '../../../profiles/black-friday.ts';
import { servicePeak } from '../../../profiles/peak.ts';
import { makePlan } from '../../../profiles/plan.ts';
import { catalog } from '../../../scenarios/catalog.ts';
import { traffic } from '../../../scenarios/traffic.ts';

it('servicePeak adds up what all scenarios ask of a service at the busiest moment', () => {
  const plan = makePlan({
    suiteName: 'retailpulse',
    catalog,
    traffic,
    profile: blackFriday,
    environment: { name: 'full scale', scale: 1, baseUrls: {} },
    seed: 1,
    limits: { limitsMs: {}, journeyLimitsMs: {} },
  });
  const { ratePerSecond, multiplier } = servicePeak(plan, 'payment');
  expect(multiplier).toBe(10);
  // Payment's own 18 iterations of 2.15 requests and the checkouts' 8.4, ten times, and the flash sale's.
  const own = 10 * (18 * 2.15 + 8.4);
  expect(ratePerSecond).toBeGreaterThan(own);
  expect(ratePerSecond).toBeLessThan(own * 1.1);
  expect(servicePeak(plan, 'nobody').ratePerSecond).toBe(0);
});
