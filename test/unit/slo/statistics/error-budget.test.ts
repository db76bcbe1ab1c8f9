import { expect, test } from 'vitest';
import { burnRate, errorBudgetSeconds } from '../../../../slo/statistics/error-budget.ts';

test('99.99 % over 30 days leaves 259.2 seconds', () => {
  expect(errorBudgetSeconds(0.9999, 30)).toBeCloseTo(259.2, 8);
});

test('the burn rate is the bad share over the allowed bad share', () => {
  expect(burnRate(10, 1_000, 0.99)).toBeCloseTo(1, 12);
  expect(burnRate(144, 1_000, 0.99)).toBeCloseTo(14.4, 12);
});
