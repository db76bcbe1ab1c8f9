import { expect, test } from 'vitest';
import {
  badShareAtLeast,
  badShareAtMost,
  smallestTotalThatProves,
} from '../../../../slo/statistics/binomial.ts';

test.each([
  [0.999, [2_995, 4_742, 6_294, 7_752]],
  [0.9995, [5_990, 9_486, 12_590, 15_505]],
  [0.9999, [29_956, 47_437, 62_956, 77_535]],
])('the smallest totals that prove %d with 0, 1, 2 and 3 bad events', (target, totals) => {
  expect([0, 1, 2, 3].map((bad) => smallestTotalThatProves(target, bad))).toEqual(totals);
});

test('one event fewer than the smallest total does not prove the target', () => {
  expect(1 - badShareAtMost(0, 29_956)).toBeGreaterThanOrEqual(0.9999);
  expect(1 - badShareAtMost(0, 29_955)).toBeLessThan(0.9999);
});

test('the upper bound of 5 bad of 100,000 is 1.05127451e-4', () => {
  expect(badShareAtMost(5, 100_000).toPrecision(9)).toBe('0.000105127451');
});

test('the upper bound of 7 bad of 50 is 0.246935202', () => {
  expect(badShareAtMost(7, 50).toPrecision(9)).toBe('0.246935202');
});

test('the two-sided 95 % interval of 7 of 50 is that of the SciPy documentation', () => {
  expect(badShareAtLeast(7, 50, 0.975).toPrecision(6)).toBe('0.0581917');
  expect(badShareAtMost(7, 50, 0.975).toPrecision(6)).toBe('0.267396');
});

test('no bad event leaves a lower bound of 0, nothing but bad events an upper bound of 1', () => {
  expect(badShareAtLeast(0, 10)).toBe(0);
  expect(badShareAtMost(10, 10)).toBe(1);
  expect(badShareAtLeast(10, 10)).toBeCloseTo(0.05 ** (1 / 10), 12);
});

test('3,600 clean one-second probes prove only 99.917 %', () => {
  const lowerBound = 1 - badShareAtMost(0, 3_600);
  expect(Math.round(lowerBound * 1e5) / 1e3).toBe(99.917);
});

test('99.99 % by one-second probes needs 8 h 19 min 16 s without a bad second', () => {
  expect(smallestTotalThatProves(0.9999)).toBe(8 * 3600 + 19 * 60 + 16);
});
