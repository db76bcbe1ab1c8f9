import { expect, test } from 'vitest';
import { automaticLongRunVariance, longRunVariance } from '../../../../slo/statistics/long-run-variance.ts';

/** +1 for `half` values, −1 for as many, and so on. */
function swings(half: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, t) => (Math.floor(t / half) % 2 === 0 ? 1 : -1));
}

test('Bartlett weights: 1 − lag / (lags + 1)', () => {
  const series = Float64Array.from([1, 1, -1, -1]);
  // Autocovariances 1, 1/4, −1/2.
  expect(longRunVariance(series, 0)).toBe(1);
  expect(longRunVariance(series, 1)).toBe(1 + 2 * 0.5 * 0.25);
  expect(longRunVariance(series, 2)).toBeCloseTo(1 + 2 * ((2 / 3) * 0.25 - (1 / 3) * 0.5), 12);
});

test('a series that is correlated over hundreds of values is added up first, which changes next to nothing', () => {
  const series = swings(150, 6_000);
  const { variance, lags } = automaticLongRunVariance(series);
  expect(lags).toBeGreaterThan(150);
  expect(variance / longRunVariance(series, lags)).toBeGreaterThan(0.9);
  expect(variance / longRunVariance(series, lags)).toBeLessThan(1.1);
});

test('a constant series has no variance', () => {
  expect(automaticLongRunVariance(new Float64Array(50))).toEqual({ variance: 0, lags: 0 });
});
