import { expect, test } from 'vitest';
import { criticalU, mannWhitney } from '../../../../slo/statistics/mann-whitney.ts';

test('five against four: U = 17, exact two-sided p = 0.111111', () => {
  const result = mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12]);
  expect(result).toMatchObject({ u: 17, exact: true });
  expect(result?.pTwoSided.toFixed(6)).toBe('0.111111');
});

test('ties are exact too: all 1,716 splits of the ranks counted', () => {
  const result = mannWhitney([1, 2, 2, 3, 5, 5], [2, 2, 4, 5, 6, 7, 7]);
  expect(result?.pLess).toBeCloseTo(0.08041958041958042, 12);
  expect(result?.pGreater).toBeCloseTo(0.9358974358974359, 12);
});

test('large samples: the normal approximation of SciPy, with tie and continuity correction', () => {
  const x = Array.from({ length: 40 }, (_, index) => (index * 7_919) % 97);
  const y = Array.from({ length: 35 }, (_, index) => ((index * 7_907 + 3) % 101) + 4);
  const result = mannWhitney(x, y);
  expect(result).toMatchObject({ u: 625.5, exact: false });
  expect(result?.pTwoSided).toBeCloseTo(0.4319002055109874, 12);
  expect(result?.pGreater).toBeCloseTo(0.7871481503673061, 12);
});

test('equal values everywhere are no evidence, an empty sample is no answer', () => {
  expect(mannWhitney([1, 1], [1, 1, 1])?.pTwoSided).toBe(1);
  expect(mannWhitney(new Array(40).fill(1), new Array(40).fill(1))?.pTwoSided).toBe(1);
  expect(mannWhitney([], [1])).toBeUndefined();
});

test('the critical value is that of the published tables', () => {
  expect(criticalU(5, 4, 0.025)).toBe(2);
  expect(criticalU(10, 10, 0.025)).toBe(24);
  expect(criticalU(40, 40, 0.025)).toBeGreaterThan(580);
});
