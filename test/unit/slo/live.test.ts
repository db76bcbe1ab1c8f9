import { expect, test } from 'vitest';
import { phaseHeld, watchObjectives } from '../../../slo/live.ts';
import { nothingMeasured, objective, plan, requestRows } from './fixtures.ts';

// The plan brings 4,750 requests to the till: at 99 % the run's budget is 47.5 of them.
const look = watchObjectives(plan, [objective()]);
const none = { held: [], atRisk: [], broken: [] };
const held = { ...none, held: ['till-availability'] };
const normal = (outcomes: Record<string, number>) => ({
  ...nothingMeasured,
  requests: requestRows('till.pay', 'normal', outcomes),
});

test('an objective is at risk once half of the whole run’s budget is spent', () => {
  expect(look(normal({ ok: 2_500, error: 23 }))).toEqual(held);
  expect(look(normal({ ok: 2_500, error: 24 }))).toEqual({ ...none, atRisk: ['till-availability'] });
});

test('where time slices are counted, the budget is one of slices', () => {
  // Seven slices of five judged seconds: at 50 % the run's budget is 3.5 of them, and two are bad.
  const budgeting = { method: 'timeslices', windowSeconds: 5, sliceTarget: 0.9 } as const;
  const slices = watchObjectives(plan, [objective({ target: 0.5, budgeting })]);
  expect(slices(normal({ error: 3 }))).toEqual({ ...none, atRisk: ['till-availability'] });
});

test('an objective that fails now is broken, however much budget is left', () => {
  expect(look(normal({ error: 3 }))).toEqual({ ...none, broken: ['till-availability'] });
  expect(look(normal({ ok: 1 }))).toEqual(held);
});

test('an objective without data is neither held nor anything else', () => {
  expect(look(nothingMeasured)).toEqual(none);
});

test('a phase held unless one of the objectives fails in it', () => {
  const requests = [
    ...requestRows('till.pay', 'normal', { error: 50 }),
    ...requestRows('till.pay', 'peak', { ok: 50 }),
  ];
  const measured = { ...nothingMeasured, requests, measuredSeconds: 30 };
  expect(phaseHeld(plan, [objective()], measured, 'normal')).toBe(false);
  expect(phaseHeld(plan, [objective()], measured, 'peak')).toBe(true);
});

test('a phase without a single request did not hold', () => {
  expect(phaseHeld(plan, [objective()], nothingMeasured, 'peak')).toBe(false);
});

test('objectives of higher multiples do not judge a lower phase', () => {
  const requests = requestRows('till.pay', 'normal', { error: 50 });
  const peakOnly = objective({
    sli: { measure: 'requests', routes: ['till.pay'], atLeastMultiplier: 10 },
  });
  expect(phaseHeld(plan, [peakOnly], { ...nothingMeasured, requests }, 'normal')).toBe(true);
});
