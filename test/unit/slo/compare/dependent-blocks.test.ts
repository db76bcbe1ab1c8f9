import { expect, test } from 'vitest';
import { designEffectOf, weakened, widened } from '../../../../slo/compare/dependent-blocks.ts';
import { seededRandom } from '../../../fixtures/report/random.ts';

test('independent blocks count in full', () => {
  const { normal } = seededRandom(5);
  const series = () => Array.from({ length: 60 }, normal);
  expect(designEffectOf(series(), series())).toBeLessThan(1.6);
});

test('blocks that stay alike for long count for less', () => {
  const { normal } = seededRandom(6);
  const series = () => Array.from({ length: 60 }, (_, i) => 3 * (Math.floor(i / 10) % 2) + 0.5 * normal());
  expect(designEffectOf(series(), series())).toBeGreaterThan(2);
});

test('constant blocks have no dependence', () => {
  expect(designEffectOf([1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1])).toBe(1);
});

test('p-values and intervals weaken with the root of the design effect', () => {
  expect(weakened(0.001, 1)).toBeCloseTo(0.001, 10);
  // z = 3.0902 / 2 = 1.5451.
  expect(weakened(0.001, 4)).toBeCloseTo(0.06116, 4);
  expect(weakened(1, 4)).toBe(1);
  expect(widened({ shift: 10, low: 8, high: 13 }, 4)).toEqual({ shift: 10, low: 6, high: 16 });
});
