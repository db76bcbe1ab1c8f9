import { expect, test } from 'vitest';
import { hodgesLehmann } from '../../../../slo/statistics/hodges-lehmann.ts';

test.each([
  [[19, 22, 16, 29, 24], [20, 11, 17, 12], { shift: 7, low: -1, high: 17 }],
  [[10, 20, 30, 40], [1, 2, 3, 4], { shift: 22.5, low: 6, high: 39 }],
])('the shift of %j against %j', (x, y, shift) => {
  expect(hodgesLehmann(x, y)).toEqual(shift);
});

test('too few values leave the interval open, none no shift', () => {
  expect(hodgesLehmann([5, 6], [1, 2])).toEqual({
    shift: 4,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
  });
  expect(hodgesLehmann([1], [])).toBeUndefined();
});

test('large samples: the interval narrows around a shift of 3', () => {
  const y = Array.from({ length: 50 }, (_, index) => (index * 37) % 50);
  const interval = hodgesLehmann(
    y.map((value) => value + 3),
    y,
  );
  expect(interval?.shift).toBe(3);
  expect(interval?.low).toBeGreaterThan(-4);
  expect(interval?.high).toBeLessThan(10);
});
