import { expect, test } from 'vitest';
import { lowerRank, quantileInterval, upperRank } from '../../../../slo/statistics/quantile.ts';
import { histogramOf } from '../fixtures.ts';

test.each([
  [299, 299],
  [1_000, 996],
  [10_000, 9_917],
])('the upper rank of p99 among %d values is %d', (total, rank) => {
  expect(upperRank(0.99, total)).toBe(rank);
});

test('298 values are too few for an upper rank of p99', () => {
  expect(upperRank(0.99, 298)).toBeUndefined();
});

test('the lower rank mirrors the upper rank of the opposite quantile', () => {
  expect(lowerRank(0.01, 1_000)).toBe(1_000 + 1 - 996);
  expect(lowerRank(0.01, 298)).toBeUndefined();
});

test('the interval holds the true quantile and is as wide as rank and bucket make it', () => {
  const values = Array.from({ length: 1_000 }, (_, index) => index + 1);
  const interval = quantileInterval(histogramOf(values, 4), 0.99);
  expect(interval?.lowMs).toBeLessThanOrEqual(984);
  expect(interval?.estimateMs).toBeGreaterThanOrEqual(990);
  expect(interval?.estimateMs).toBeLessThanOrEqual(1_000);
  expect(interval?.highMs).toBeGreaterThanOrEqual(996);
  expect(interval?.highMs).toBeLessThanOrEqual(1_000);
});

test('a small sample has no upper end and says so by leaving it out', () => {
  const interval = quantileInterval(histogramOf([10, 20, 30], 4), 0.99);
  expect(interval).toBeDefined();
  expect(interval).not.toHaveProperty('highMs');
  expect(quantileInterval(histogramOf([], 4), 0.99)).toBeUndefined();
});
