import { expect, test } from 'vitest';
import { changePoints } from '../../../../slo/statistics/change-point.ts';

/** Park and Miller's generator. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function noise(length: number, random: () => number): number[] {
  return Array.from({ length }, random);
}

test('two changes of level are found where they are', () => {
  const random = seeded(7);
  const values = noise(60, random).map((value, index) => value + (index >= 20 && index < 40 ? 3 : 0));
  const found = changePoints(values, { random });
  expect(found.map((change) => change.index)).toEqual([20, 40]);
  expect(found.every((change) => change.p <= 0.05)).toBe(true);
});

test('series without a change raise a false alarm in at most 5 % of cases', () => {
  const random = seeded(11);
  const alarms = Array.from({ length: 400 }, () =>
    changePoints(noise(20, random), { random, permutations: 99 }),
  ).filter((found) => found.length > 0).length;
  // Mean 20, standard deviation 4.4.
  expect(alarms).toBeLessThan(33);
  expect(alarms).toBeGreaterThan(7);
});

test('constant and short series have no change', () => {
  const random = seeded(3);
  expect(changePoints([5, 5, 5, 5, 5, 5, 5, 5], { random })).toEqual([]);
  expect(changePoints([1, 2, 9, 9, 9], { random })).toEqual([]);
});
