import { describe, expect, it } from 'vitest';
import type { MetricSeries } from '../../../slo/measurements.ts';
import { ratioSteps, type Step, sliceSteps } from '../../../slo/steps.ts';

const answer = (values: readonly (number | null)[], stepSeconds = 1): MetricSeries => ({
  source: { type: 'Prometheus' },
  query: 'q',
  fromSecond: 0,
  stepSeconds,
  values,
});

/** `second: total/bad/uncertain` of each step. */
const told = (steps: readonly Step[]) =>
  steps.map(({ second, total, bad, uncertain }) => `${second}: ${total}/${bad}/${uncertain}`);

describe('counters', () => {
  const steps = (
    part: readonly (number | null)[],
    total: readonly (number | null)[],
    goodOrBad: 'good' | 'bad' = 'bad',
  ) => told(ratioSteps(answer(part), answer(total), { goodOrBad, counter: true }));

  it('count what they rose by, in the second that the later value ends', () => {
    expect(steps([2, 2, 3], [100, 110, 130])).toEqual(['0: 10/0/0', '1: 20/1/0']);
    expect(steps([98, 108, 127], [100, 110, 130], 'good')).toEqual(['0: 10/0/0', '1: 20/1/0']);
  });

  it('count nothing of what was before the run', () => {
    expect(steps([500, 500], [1_000_000, 1_000_000])).toEqual([]);
  });

  it('lose nothing in a gap: both are read over the same time', () => {
    expect(steps([0, null, null, 4], [0, 10, 20, 30])).toEqual(['2: 30/4/0']);
    expect(steps([0, 1, 2, 4], [0, null, null, 30])).toEqual(['2: 30/4/0']);
    expect(steps([0, null, 1, 4], [0, 10, null, 30])).toEqual(['2: 30/4/0']);
  });

  it('leave open what was counted around a reset, since nobody saw the end of the old count', () => {
    expect(steps([5, 5, 0, 0], [100, 110, 7, 9])).toEqual(['0: 10/0/0', '1: 7/0/7', '2: 2/0/0']);
    expect(steps([5, 5, null, 1], [100, 110, 7, 9])).toEqual(['0: 10/0/0', '2: 9/0/9']);
    expect(steps([5, 5, null, 6], [100, 110, 7, 9])).toEqual(['0: 10/0/0', '2: 9/0/9']);
  });

  it('leave open what happened before the numerator first appeared, and after it vanished', () => {
    expect(steps([null, null, 3, 3], [0, 10, 20, 30])).toEqual(['0: 10/0/10', '1: 10/0/10', '2: 10/0/0']);
    expect(steps([0, 1, null, null], [0, 10, 20, 30])).toEqual(['0: 10/1/0', '2: 20/0/20']);
  });

  it('begin with the first value of a total that appears late', () => {
    expect(steps([0, 0, 1], [null, 50, 60])).toEqual(['1: 10/1/0']);
  });

  it('leave open where more went wrong than happened at all', () => {
    expect(steps([0, 8], [0, 5])).toEqual(['0: 5/0/5']);
    expect(steps([0, 8], [0, 5], 'good')).toEqual(['0: 5/0/5']);
  });
});

describe('counts', () => {
  const steps = (part: readonly (number | null)[], total: readonly (number | null)[]) =>
    told(ratioSteps(answer(part, 5), answer(total, 5), { goodOrBad: 'bad', counter: false }));

  it('stand for the step that they end; the first is of before the run', () => {
    expect(steps([9, 1, 0], [9, 10, 12.5])).toEqual(['0: 10/1/0', '5: 12.5/0/0']);
  });

  it('are no data where the total is missing or negative, and open where the numerator is', () => {
    expect(steps([0, 1, null, 0, -1], [0, null, 10, -3, 4])).toEqual(['5: 10/0/10', '15: 4/0/4']);
  });
});

describe('time slices', () => {
  it('are as bad as their value says, and open without one or with one that is no share', () => {
    expect(told(sliceSteps(answer([1, 0.25, null, 1.5, 0]), (value) => 1 - value))).toEqual([
      '0: 1/0.75/0',
      '1: 1/0/1',
      '2: 1/0/1',
      '3: 1/1/0',
    ]);
  });
});
