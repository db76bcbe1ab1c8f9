import { expect, test } from 'vitest';
import { badShareAtLeast } from '../../../../slo/statistics/binomial.ts';
import { type IsRefutedAt, refutationConfidence } from '../../../../slo/statistics/holm.ts';

const sample =
  (bad: number, total: number): IsRefutedAt =>
  (level) =>
    1 - badShareAtLeast(bad, total, level) < 0.9999;
const clean = sample(0, 1_000);
const unlucky = sample(1, 500);
const broken = sample(400, 500);

test('one sample alone has the plain confidence', () => {
  expect(refutationConfidence([unlucky])).toBe(0.95);
});

test('with m samples the first refutation has to be m times as sure', () => {
  expect(refutationConfidence([clean, unlucky, clean, clean])).toBeCloseTo(1 - 0.05 / 4, 12);
});

test('each one that is refuted eases it for the next', () => {
  expect(refutationConfidence([broken, clean, clean, clean])).toBeCloseTo(1 - 0.05 / 3, 12);
  // P(at least 1 bad of 500 at 1e-4) = 0.0488 > 0.05 / 2, but within 0.05 once the other is refuted.
  expect(refutationConfidence([unlucky, clean])).toBeCloseTo(1 - 0.05 / 2, 12);
  expect(refutationConfidence([unlucky, broken])).toBe(0.95);
});

test('without samples nothing is corrected', () => {
  expect(refutationConfidence([])).toBe(0.95);
});
