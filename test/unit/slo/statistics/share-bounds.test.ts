import { expect, test } from 'vitest';
import { badShareAtLeast, badShareAtMost } from '../../../../slo/statistics/binomial.ts';
import { type Dependence, dependenceOf } from '../../../../slo/statistics/dependence.ts';
import {
  burstWithstood,
  cautiousDesignEffect,
  goodShareAtLeast,
  goodShareAtMost,
  totalThatProves,
} from '../../../../slo/statistics/share-bounds.ts';

/** An hour at a steady rate with bursts of the given sizes, far apart. */
function hourWith(bursts: readonly number[], perSecond = 100) {
  const bad = new Array<number>(3_600).fill(0);
  for (const [index, size] of bursts.entries()) bad[100 + index * 60] = size;
  return { total: new Array<number>(3_600).fill(perSecond), bad };
}

function known(designEffect: number): Dependence {
  const degreesOfFreedom = Number.POSITIVE_INFINITY;
  return { designEffect, effectiveTotal: 0, bursts: 1, lags: 0, degreesOfFreedom };
}

test.each([
  [0.999, [2_995, 4_742, 6_294, 7_752]],
  [0.9995, [5_990, 9_486, 12_590, 15_505]],
  [0.9999, [29_956, 47_437, 62_956, 77_535]],
])('isolated failures need exactly the totals of Clopper–Pearson for %d', (target, totals) => {
  for (const [bad, total] of totals.entries()) {
    const dependence = dependenceOf(hourWith(new Array<number>(bad).fill(1)));
    expect(totalThatProves(target, bad, dependence)).toBe(total);
    expect(goodShareAtLeast({ bad, total }, dependence)).toBeGreaterThanOrEqual(target);
    expect(goodShareAtLeast({ bad, total: total - 1 }, dependence)).toBeLessThan(target);
  }
});

test('without dependence both bounds are those of Clopper and Pearson', () => {
  expect(goodShareAtLeast({ bad: 5, total: 100_000 }, known(1))).toBe(1 - badShareAtMost(5, 100_000));
  expect(goodShareAtMost({ bad: 7, total: 50 }, known(1), 0.975)).toBeCloseTo(1 - 0.0581917, 7);
  expect(goodShareAtMost({ bad: 7, total: 50 }, known(1))).toBeCloseTo(1 - badShareAtLeast(7, 50), 10);
});

test('a known design effect divides the evidence for a pass', () => {
  expect(goodShareAtLeast({ bad: 0, total: 29_956 * 4 }, known(4))).toBeCloseTo(0.9999, 8);
  expect(totalThatProves(0.9999, 0, known(4))).toBe(29_956 * 4);
});

test('a few bursts widen the design effect as (t / z)², lone failures do not', () => {
  const two = cautiousDesignEffect({ ...known(1), degreesOfFreedom: 2 });
  expect(two).toBeCloseTo((2.91998558 / 1.64485363) ** 2, 6);
  expect(cautiousDesignEffect(known(7))).toBe(7);
  expect(cautiousDesignEffect({ ...known(7), degreesOfFreedom: 0 })).toBe(Number.POSITIVE_INFINITY);
});

test('a handful of bursts is inconclusive where as many lone failures refute', () => {
  const total = 360_000;
  const bursts = hourWith([13, 12, 15]);
  const lone = hourWith(new Array<number>(40).fill(1));
  expect(goodShareAtMost({ bad: 40, total }, dependenceOf(lone))).toBeLessThan(0.99995);
  expect(goodShareAtMost({ bad: 40, total }, dependenceOf(bursts))).toBeGreaterThan(0.99995);
  expect(goodShareAtLeast({ bad: 40, total }, dependenceOf(lone))).toBeGreaterThan(0.9998);
  expect(goodShareAtLeast({ bad: 40, total }, dependenceOf(bursts))).toBeLessThan(0.9998);
});

test('one outage refutes what it exceeds twentyfold, whatever the dependence', () => {
  const counts = { bad: 6_000, total: 360_000 };
  const unknown = { ...known(12_000), degreesOfFreedom: 0 };
  expect(goodShareAtMost(counts, unknown)).toBeCloseTo(1 - 0.05 * (6_000 / 360_000), 12);
  expect(goodShareAtLeast(counts, unknown)).toBe(0);
  expect(totalThatProves(0.99, 6_000, unknown)).toBeUndefined();
});

test('a clean run proves its target as long as failures come in bursts of at most so many', () => {
  expect(burstWithstood(29_956, 0.9999)).toBe(1);
  expect(burstWithstood(299_560, 0.9999)).toBe(10);
});

test('no failure leaves the upper bound at 1', () => {
  expect(goodShareAtMost({ bad: 0, total: 100 }, known(1))).toBe(1);
});
