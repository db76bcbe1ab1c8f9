import { beforeAll, expect, it } from 'vitest';
import type { LoadPlan } from '../../../../profiles/types.ts';
import { type PlanSummary, summarisePlan } from '../../../../runner/cli/plan-summary.ts';
import { describePlan } from '../../../../runner/cli/plan-text.ts';
import { prepare } from '../../../../runner/cli/prepare.ts';
import { plannedFault } from '../../../fixtures/faults/driver.ts';
import { loadedSuite } from '../suite-fixture.ts';

let plan: LoadPlan;
let summary: PlanSummary;

beforeAll(async () => {
  plan = (await prepare(loadedSuite, { seed: '1' }, {})).plan;
  summary = summarisePlan(plan, loadedSuite.objectives);
});

it('counts requests and rates by hand-computed figures', () => {
  // At 1x and scale 0.01: payment 1/s own + 0.1/s × 2 by checkout; order 1/s own + 0.1/s by checkout.
  const payment = summary.services.find(({ service }) => service === 'payment');
  expect(payment?.byPhase.normal).toEqual({
    requests: expect.closeTo(12),
    ratePerSecond: expect.closeTo(1.2),
    fullScaleRatePerSecond: expect.closeTo(120),
  });
  // The ramp from 1x to 5x is 3x on average.
  expect(payment?.busiest.ratePerSecond).toBeCloseTo(3.6);
  expect(payment?.requests).toBeCloseTo(6 + 12 + 36);
  expect(summary.phases.map(({ requests }) => Number(requests.toFixed(6)))).toEqual([11.5, 23, 69]);
  expect(summary.requests).toBeCloseTo(103.5);
  expect(summary.vus).toBe(plan.scenarios.reduce((sum, { vus }) => sum + vus, 0));
});

it('says whether the samples can suffice', () => {
  expect(summary.objectives).toEqual([
    expect.objectContaining({
      objectiveId: 'payment-availability',
      expectedTotal: 48,
      neededTotal: 299,
      enough: false,
    }),
  ]);
});

it('prints it as tables, and leaves phases out where they do not fit', () => {
  const text = describePlan(plan, summary);
  expect(text).toMatch(/^smoke: short\ntarget sandbox at 1 % of full scale, 0:25 long, about 104 requests/);
  expect(text).toMatch(/^rise +0:15–0:25 +1x → 5x +yes +69 +6\.9 +690$/m);
  expect(text).toMatch(/^service +requests +warmup\/s +normal\/s +rise\/s +highest\/s +at full scale\/s$/m);
  expect(text).toMatch(/^payment +54 +1\.2 +1\.2 +3\.6 +3\.6 +360$/m);
  expect(text).toMatch(/^scenario +highest iterations\/s +VUs$/m);
  expect(text).toMatch(/^checkout +0\.5 +\d+$/m);
  expect(text).toContain('0 of 1 objectives can be proven by a clean run');
  const faults = [plannedFault('payment-errors', 16, 20)];
  expect(describePlan({ ...plan, faults }, summary)).toMatch(
    /^payment-errors +0:16–0:20 +a share of the requests is answered 500$/m,
  );
  expect(describePlan(plan, summary, 70)).toMatch(/^service +requests +highest\/s +at full scale\/s$/m);
});
