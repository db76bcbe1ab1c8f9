import { expect, test } from 'vitest';
import { refutationConfidence } from '../../../../slo/statistics/holm.ts';

const clean = { bad: 0, total: 1_000, target: 0.9999 };
const unlucky = { bad: 1, total: 500, target: 0.9999 };
const broken = { bad: 400, total: 500, target: 0.9999 };

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

test('a sample whose failures came in one burst is judged as such', () => {
  const dependence = { designEffect: 799, effectiveTotal: 0.6, bursts: 1, lags: 0, degreesOfFreedom: 1 };
  // Twice as sure as 5 %, Markov's bound is 0.025 × 0.8 bad, which 99 % refutes and 97 % does not.
  expect(refutationConfidence([{ ...broken, target: 0.97, dependence }, clean])).toBeCloseTo(
    1 - 0.05 / 2,
    12,
  );
  expect(refutationConfidence([{ ...broken, target: 0.99, dependence }, clean])).toBe(0.95);
});
