import { expect, test } from 'vitest';
import { mannKendall } from '../../../../slo/statistics/mann-kendall.ts';
import { theilSen } from '../../../../slo/statistics/theil-sen.ts';

const x = Array.from({ length: 30 }, (_, index) => index);
const y = x.map((value) => value * 0.5 + ((value * 7_919) % 13));

test('the slope and its interval are those of SciPy', () => {
  const trend = theilSen(x, y);
  expect(trend?.slope).toBeCloseTo(0.55, 12);
  expect(trend?.low).toBeCloseTo(1 / 3, 12);
  expect(trend?.high).toBeCloseTo(0.7272727272727273, 12);
});

test('one wild value does not move the slope', () => {
  const line = x.map((value) => 2 * value + 1);
  line[15] = 1e6;
  expect(theilSen(x, line)).toMatchObject({ slope: 2, intercept: 1 });
});

test('one moment has no slope', () => {
  expect(theilSen([3, 3], [1, 2])).toBeUndefined();
  expect(theilSen([], [])).toBeUndefined();
});

test('a rise is seen by sign of all pairs', () => {
  const { s = 0, variance, pTwoSided } = mannKendall(y, { correct: false }) ?? {};
  expect(s).toBe(251);
  expect(variance).toBeCloseTo((30 * 29 * 65) / 18, 9);
  expect(pTwoSided).toBeCloseTo(8.186114197400475e-6, 12);
});

test('neighbours that are alike widen the variance, so that a wave is no trend', () => {
  const wave = Array.from({ length: 120 }, (_, index) => Math.sin(index / 12) + ((index * 7_919) % 13) / 30);
  const plain = mannKendall(wave, { correct: false });
  const corrected = mannKendall(wave);
  expect(corrected?.s).toBe(plain?.s);
  expect(corrected?.variance).toBeGreaterThan(5 * (plain?.variance ?? 0));
});

test('a flat series has no trend, two values no answer', () => {
  expect(mannKendall([4, 4, 4, 4])?.pTwoSided).toBe(1);
  expect(mannKendall([1, 2])).toBeUndefined();
});
