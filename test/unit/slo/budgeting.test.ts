import { describe, expect, test } from 'vitest';
import { type Badness, badnessOf, combineBadness, countBadness, secondsOf } from '../../../slo/budgeting.ts';
import type { TimeSliceBudgeting } from '../../../slo/types.ts';

/** Three seconds make a slice here; OpenSLO's smallest is a minute. */
const timeslices = (sliceTarget: number): TimeSliceBudgeting => ({
  method: 'timeslices',
  windowSeconds: 3,
  sliceTarget,
});
const ratios: TimeSliceBudgeting = { method: 'ratio-timeslices', windowSeconds: 3 };

describe('time slices', () => {
  test.each<[string, number[], number[], TimeSliceBudgeting, Badness[]]>([
    ['good at its target', [10, 10, 0], [1, 0, 0], timeslices(0.95), [0]],
    ['bad below it', [10, 10, 0], [1, 1, 0], timeslices(0.95), [1]],
    ['of 100 % bad at the first bad event', [1000, 1000, 1000], [0, 0, 1], timeslices(1), [1]],
    ['whatever their traffic', [1, 0, 0, 1e6, 0, 0], [1, 0, 0, 0, 0, 0], timeslices(0.9), [1, 0]],
    ['without events are not known', [0, 0, 0, 5, 0, 0], [0, 0, 0, 0, 0, 0], timeslices(0.9), [undefined, 0]],
    ['as ratios are as bad as their share', [4, 0, 0, 2, 2, 4], [1, 0, 0, 2, 0, 2], ratios, [0.25, 0.5]],
    ['as ratios without events are not known', [0, 0, 0], [0, 0, 0], ratios, [undefined]],
    ['that are not whole are left over', [1, 1, 1, 1], [0, 0, 0, 1], timeslices(0.9), [0]],
  ])('%s', (_, total, bad, budgeting, expected) => {
    expect(badnessOf({ total, bad }, budgeting)).toEqual(expected);
  });

  test('are counted, and those without events apart', () => {
    const slices = { total: [1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1], bad: [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1] };
    expect(countBadness(badnessOf(slices, timeslices(0.5)))).toEqual({ total: 2, bad: 1, empty: 1 });
    expect(countBadness([])).toEqual({ total: 0, bad: 0, empty: 0 });
  });

  test("RatioTimeslices' mean is that of the slices, not of the events", () => {
    const slices = { total: [2, 0, 0, 98, 0, 0], bad: [1, 0, 0, 0, 0, 0] };
    const { total, bad } = countBadness(badnessOf(slices, ratios));
    expect(1 - bad / total).toBe(0.75);
  });
});

describe('a composite', () => {
  const members = (...badness: Badness[][]) => badness.map((item) => ({ badness: item, weight: 1 }));

  test('Timeslices: bad where any member was, unknown where none is bad and one is unknown', () => {
    const slices = members([0, 1, 0, 1, 0], [0, 0, undefined, undefined, 1]);
    expect(combineBadness(slices, 'timeslices')).toEqual([0, 1, undefined, 1, 1]);
  });

  test('RatioTimeslices: two members that miss 5 % each miss 10 % together; a weight multiplies', () => {
    const [same] = combineBadness(members([0.05], [0.05]), 'ratio-timeslices');
    expect(same).toBeCloseTo(0.1, 12);
    const weighted = [
      { badness: [0.05, 0.5, undefined, undefined], weight: 3 },
      { badness: [0.05, 0, 0.2, 1], weight: 1 },
    ];
    const [first, ...others] = combineBadness(weighted, 'ratio-timeslices');
    expect(first).toBeCloseTo(0.2, 12);
    expect(others).toEqual([1, undefined, 1]);
    expect(countBadness([0, 1, undefined])).toEqual({ total: 2, bad: 1, empty: 1 });
  });
});

test('as seconds, a slice counts once, when it ends', () => {
  const { total, bad } = secondsOf([0, undefined, 0.5], 2);
  expect(Array.from(total)).toEqual([0, 1, 0, 0, 0, 1]);
  expect(Array.from(bad)).toEqual([0, 0, 0, 0, 0, 0.5]);
});
