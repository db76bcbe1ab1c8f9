import { expect, test } from 'vitest';
import { dependenceOf, serialDesignEffect } from '../../../../slo/statistics/dependence.ts';
import { longRunVariance } from '../../../../slo/statistics/long-run-variance.ts';
import type { Slices } from '../../../../slo/statistics/slices.ts';

/** Slices of `total` events, one bad event in each of the named ones. */
function slicesWith(badSeconds: readonly number[], { seconds = 1_000, total = 1, bad = 1 } = {}): Slices {
  const bads = new Array<number>(seconds).fill(0);
  for (const second of badSeconds) bads[second] = bad;
  return { total: new Array<number>(seconds).fill(total), bad: bads };
}

const tenInARow = Array.from({ length: 10 }, (_, index) => 500 + index);
const tenApart = Array.from({ length: 10 }, (_, index) => 50 + 100 * index);

test('ten bad slices in a row of 1,000: HAC with 20 lags has SE 0.0090648, deff 8.29, n_eff 120.6', () => {
  const residuals = Float64Array.from(slicesWith(tenInARow).bad, (bad) => bad - 0.01);
  expect(Math.sqrt(longRunVariance(residuals, 20) / 1_000).toFixed(7)).toBe('0.0090648');
  const designEffect = serialDesignEffect(slicesWith(tenInARow), 20);
  expect(designEffect.toFixed(2)).toBe('8.29');
  expect((1_000 / designEffect).toFixed(1)).toBe('120.6');
});

test('the same ten spread evenly: below 1 by HAC, so 1, and nothing estimated', () => {
  expect(serialDesignEffect(slicesWith(tenApart), 20)).toBeLessThan(1);
  expect(dependenceOf(slicesWith(tenApart))).toEqual({
    designEffect: 1,
    effectiveTotal: 1_000,
    bursts: 10,
    lags: 0,
    degreesOfFreedom: Number.POSITIVE_INFINITY,
  });
});

test('ten in a row are one burst, whose design effect is that of geometric lengths, and hardly known', () => {
  const { designEffect, bursts, degreesOfFreedom } = dependenceOf(slicesWith(tenInARow));
  expect(bursts).toBe(1);
  expect(designEffect).toBeGreaterThan(17);
  expect(designEffect).toBeLessThanOrEqual(19);
  expect(degreesOfFreedom).toBeLessThan(1.5);
});

test('many failures within one second are one burst', () => {
  const { designEffect, bursts } = dependenceOf(slicesWith([30, 700], { total: 100, bad: 20 }));
  expect(bursts).toBe(2);
  expect(designEffect).toBeGreaterThan(38);
  expect(designEffect).toBeLessThanOrEqual(39);
});

test('one clean second does not part a burst, two do; seconds without traffic are as if they were not', () => {
  expect(dependenceOf(slicesWith([10, 12])).bursts).toBe(1);
  expect(dependenceOf(slicesWith([10, 13])).bursts).toBe(2);
  const gap = { total: [1, 1, 1, 0, 0, 0, 1, 1, 1], bad: [0, 0, 1, 0, 0, 0, 1, 0, 0] };
  expect(dependenceOf(gap).bursts).toBe(1);
});

test('what is assumed holds until failures show more', () => {
  expect(dependenceOf(slicesWith([]), { assumedDesignEffect: 5 })).toMatchObject({
    designEffect: 5,
    effectiveTotal: 200,
    degreesOfFreedom: Number.POSITIVE_INFINITY,
  });
  expect(dependenceOf(slicesWith(tenApart), { assumedDesignEffect: 5 }).designEffect).toBe(5);
  expect(dependenceOf(slicesWith(tenInARow), { assumedDesignEffect: 5 }).designEffect).toBeGreaterThan(17);
});

test('dense independent failures are not taken for bursts', () => {
  const bad = Array.from({ length: 600 }, (_, second) => 2 + ((second * 7_919) % 3));
  const { designEffect } = dependenceOf({ total: new Array<number>(600).fill(300), bad });
  expect(designEffect).toBe(1);
});

test('a failure rate that swings for minutes shows in the long-run variance, however many lags that takes', () => {
  const bad = Array.from({ length: 3_600 }, (_, second) => (Math.floor(second / 200) % 2 === 0 ? 4 : 0));
  const { designEffect, lags } = dependenceOf({ total: new Array<number>(3_600).fill(100), bad });
  expect(lags).toBeGreaterThan(200);
  expect(designEffect).toBeGreaterThan(20);
});

test('nothing, nothing bad and nothing good are no reason to crash', () => {
  expect(dependenceOf({ total: [], bad: [] })).toMatchObject({
    designEffect: 1,
    effectiveTotal: 0,
    bursts: 0,
  });
  expect(dependenceOf({ total: [3, 3], bad: [3, 3] })).toMatchObject({ designEffect: 1, bursts: 1 });
  expect(dependenceOf({ total: [5], bad: [2] }).degreesOfFreedom).toBeLessThan(2);
});
