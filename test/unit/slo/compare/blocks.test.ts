import { expect, test } from 'vitest';
import { interleave } from '../../../../profiles/interleave.ts';
import { blockIndexOf, blockSecondsFor, blocksOf } from '../../../../slo/compare/blocks.ts';
import { plan as rush } from '../fixtures.ts';
import { planFor } from './runs.ts';

test.each([
  [20, 1, 2],
  [65, 1, 2],
  [245, 1, 10],
  [1805, 1, 60],
  [86_405, 24, 720],
])('a plan of %i s in slices of %i s has blocks of %i s', (seconds, sliceSeconds, blockSeconds) => {
  expect(blockSecondsFor(planFor(seconds), sliceSeconds)).toBe(blockSeconds);
});

test('blocks lie in hold phases after the warm-up, and are whole', () => {
  const blocks = blocksOf(rush, 4, 1, 40);
  expect(blocks.map(({ phase, fromSecond }) => `${phase} ${fromSecond}`)).toEqual([
    'normal 5',
    'normal 9',
    'peak 20',
    'peak 24',
    'peak 28',
    'peak 32',
    'peak 36',
  ]);
});

test('a side that takes turns has blocks in its own turns only, once they have settled', () => {
  const side = interleave(planFor(65), 'candidate');
  expect(blockSecondsFor(side, 1)).toBe(2);
  expect(blocksOf(side, 2, 1, 65).map(({ fromSecond }) => fromSecond)).toEqual([
    13, 15, 19, 21, 37, 39, 43, 45, 61, 63,
  ]);
  expect(blockSecondsFor(interleave(planFor(3605), 'candidate'), 1)).toBe(4);
});

test('what was not measured is in no block', () => {
  expect(blocksOf(rush, 4, 1, 27).at(-1)).toEqual({ phase: 'peak', fromSecond: 20, toSecond: 24 });
  expect(blocksOf(rush, 4, 1, 0)).toEqual([]);
});

test('a second is in one block, or in none', () => {
  const indexOf = blockIndexOf(blocksOf(rush, 4, 1, 40));
  expect([4, 5, 8, 9, 13, 20, 39, 40].map(indexOf)).toEqual([undefined, 0, 0, 1, undefined, 2, 6, undefined]);
});
