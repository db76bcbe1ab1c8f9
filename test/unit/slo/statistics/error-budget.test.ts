import { expect, test } from 'vitest';
import { burnRate, burnRateAlerts, errorBudgetSeconds } from '../../../../slo/statistics/error-budget.ts';

test('99.99 % over 30 days leaves 259.2 seconds', () => {
  expect(errorBudgetSeconds(0.9999, 30)).toBeCloseTo(259.2, 8);
});

test('the burn rate is the bad share over the allowed bad share', () => {
  expect(burnRate(10, 1_000, 0.99)).toBeCloseTo(1, 12);
  expect(burnRate(144, 1_000, 0.99)).toBeCloseTo(14.4, 12);
});

test('the alerts are those of the SRE Workbook', () => {
  expect(burnRateAlerts).toEqual([
    { burnRate: 14.4, longWindowHours: 1, shortWindowHours: 5 / 60 },
    { burnRate: 6, longWindowHours: 6, shortWindowHours: 0.5 },
    { burnRate: 3, longWindowHours: 24, shortWindowHours: 2 },
    { burnRate: 1, longWindowHours: 72, shortWindowHours: 6 },
  ]);
});
