import { expect, test } from 'vitest';
import { smallestTotalThatProves } from '../../../../slo/statistics/binomial.ts';
import {
  meanInterval,
  meanIntervalOfSums,
  shareUnderLimitAtLeast,
} from '../../../../slo/statistics/mean-interval.ts';

test('one-sided 95 % bounds are the two-sided 90 % interval of SciPy', () => {
  const interval = meanInterval([1, 2, 3, 4, 7]);
  expect(interval?.mean).toBeCloseTo(3.4, 12);
  expect(interval?.low).toBeCloseTo(1.205129397072906, 9);
  expect(interval?.high).toBeCloseTo(5.5948706029270925, 9);
});

test('sums give the same interval as the values, also where all are alike', () => {
  const interval = meanIntervalOfSums({ count: 5, sum: 17, sumOfSquares: 79 });
  const { mean, low, high } = meanInterval([1, 2, 3, 4, 7]) ?? { mean: 0, low: 0, high: 0 };
  expect(interval?.mean).toBeCloseTo(mean, 12);
  expect(interval?.low).toBeCloseTo(low ?? 0, 12);
  expect(interval?.high).toBeCloseTo(high ?? 0, 12);
  const alike = meanIntervalOfSums({ count: 3, sum: 0.3, sumOfSquares: 0.03 });
  expect(alike?.high).toBeCloseTo(0.1, 6);
  expect(meanIntervalOfSums({ count: 0, sum: 0, sumOfSquares: 0 })).toBeUndefined();
});

test('one value has a mean and no bounds, none nothing', () => {
  expect(meanInterval([5])).toEqual({ mean: 5 });
  expect(meanInterval([])).toBeUndefined();
});

test.each([
  [5, 0.549],
  [20, 0.861],
])('%i drills under the limit prove a share of %d', (drills, share) => {
  expect(Number(shareUnderLimitAtLeast(drills).toFixed(3))).toBe(share);
});

test('95 % at 95 % needs 59 drills', () => {
  expect(shareUnderLimitAtLeast(59)).toBeGreaterThanOrEqual(0.95);
  expect(shareUnderLimitAtLeast(58)).toBeLessThan(0.95);
  expect(smallestTotalThatProves(0.95)).toBe(59);
  expect(shareUnderLimitAtLeast(0)).toBe(0);
});
