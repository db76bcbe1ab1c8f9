import { expect, test } from 'vitest';
import { fisherExact } from '../../../../slo/statistics/fisher-exact.ts';

test.each([
  [{ bad: 3, total: 10 }, { bad: 9, total: 12 }, 0.0835573095635015],
  [{ bad: 12, total: 50_000 }, { bad: 30, total: 52_000 }, 0.008398587404365051],
])('the two-sided p of %j against %j is that of SciPy', (a, b, p) => {
  expect(fisherExact(a, b).pTwoSided).toBeCloseTo(p, 9);
});

test('the sides tell which share is larger', () => {
  const { pLess, pGreater } = fisherExact({ bad: 0, total: 1_000 }, { bad: 8, total: 1_000 });
  expect(pLess).toBeLessThan(0.005);
  expect(pGreater).toBeCloseTo(1, 9);
});

test('nothing bad and nothing measured are no evidence', () => {
  expect(fisherExact({ bad: 0, total: 10 }, { bad: 0, total: 10 }).pTwoSided).toBeCloseTo(1, 9);
  expect(fisherExact({ bad: 0, total: 0 }, { bad: 3, total: 10 }).pTwoSided).toBeCloseTo(1, 9);
});
