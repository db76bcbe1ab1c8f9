import { expect, test } from 'vitest';
import { logLikelihoodRatio, logMixtureRatio } from '../../../../slo/statistics/e-process.ts';

/** Smallest total at which the evidence reaches 1 / 5 %. */
function firstTotal(logEvidence: (total: number) => number): number {
  let total = 1;
  while (logEvidence(total * 2) < Math.log(20)) total *= 2;
  let step = total;
  while (step >= 1) {
    if (logEvidence(total + step) < Math.log(20)) total += step;
    else step = Math.floor(step / 2);
  }
  return total + 1;
}

test.each([
  [2e-5, 37_445],
  [5e-5, 59_911],
])('against 1e-4, a share of %d without a failure passes at %i', (q, total) => {
  expect(firstTotal((n) => logLikelihoodRatio(0, n, 1e-4, q))).toBe(total);
});

test.each([
  [0, 37_883],
  [1, 66_570],
  [2, 88_616],
])('the Beta(½, ½) mixture below 1e-4 with %i failures passes at %i', (bad, total) => {
  expect(firstTotal((n) => logMixtureRatio(Math.min(bad, n), n, 1e-4, 'better'))).toBe(total);
});

test('the likelihood ratio is the product of 1 + λ (X − p0)', () => {
  const [p0, q] = [0.1, 0.3];
  const lambda = (q - p0) / (p0 * (1 - p0));
  const product = (1 + lambda * (1 - p0)) ** 2 * (1 - lambda * p0) ** 5;
  expect(logLikelihoodRatio(2, 7, p0, q)).toBeCloseTo(Math.log(product), 12);
});

test.each(['better', 'worse'] as const)('the mixture has mean 1 if the null is true (%s)', (direction) => {
  const [p0, total] = [0.2, 12];
  let mean = 0;
  let ways = 1;
  for (let bad = 0; bad <= total; bad += 1) {
    const chance = ways * p0 ** bad * (1 - p0) ** (total - bad);
    mean += chance * Math.exp(logMixtureRatio(bad, total, p0, direction));
    ways = (ways * (total - bad)) / (bad + 1);
  }
  expect(mean).toBeCloseTo(1, 9);
});

test('overwhelming evidence to the contrary is none, not an error', () => {
  expect(logMixtureRatio(5_000, 10_000, 1e-4, 'better')).toBeLessThan(-100);
  expect(logMixtureRatio(0, 10_000_000, 1e-2, 'worse')).toBeLessThan(-100);
});
