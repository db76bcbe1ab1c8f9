import { describe, expect, it } from 'vitest';
import { problemsOf, read, withIndicator } from './till.ts';

const source = (spec: string) => `{ metricSource: { type: Faro, spec: ${spec} } }`;
const mean = (
  spec = '{ metric: page-load, aggregate: mean }',
  objective = '{ op: lt, value: 1500, target: 0.95 }',
) => withIndicator(`thresholdMetric: ${source(spec)}\n`).replace('{ targetPercent: 99.99 }', objective);
const ratio = (good: string, total: string) =>
  withIndicator(`ratioMetric: { counter: true, good: ${source(good)}, total: ${source(total)} }\n`);
const sliOf = (text: string) => read(text).objectives[0]?.sli;

describe('a Faro source', () => {
  it('says the mean of page loads, of one page and some visitors', () => {
    expect(sliOf(mean())).toEqual({ measure: 'page-load', op: 'lt', value: 1500 });
    const narrowed =
      '{ metric: page-load, aggregate: mean, page: home, visitors: real, atLeastMultiplier: 10 }';
    expect(sliOf(mean(narrowed))).toEqual({
      ...{ measure: 'page-load', op: 'lt', value: 1500 },
      ...{ page: 'home', visitors: 'real', atLeastMultiplier: 10 },
    });
  });

  it('says shares of good vitals and of sessions without errors', () => {
    expect(sliOf(ratio('{ metric: inp, outcome: good }', '{ metric: inp }'))).toEqual({
      ...{ measure: 'vitals', metric: 'inp' },
    });
    expect(sliOf(ratio('{ metric: sessions, outcome: good }', '{ metric: sessions }'))).toEqual({
      measure: 'sessions',
    });
  });

  it.each([
    ['another metric', mean('{ metric: lcp, aggregate: mean }'), 'only the mean of page loads has a limit'],
    ['no aggregate', mean('{ metric: page-load }'), 'only the mean of page loads has a limit'],
    ['a promise to be slow', mean(undefined, '{ op: gt, value: 1500, target: 0.95 }'), 'lt or lte'],
    ['too little confidence', mean(undefined, '{ op: lt, value: 1500, target: 0.5 }'), 'at least 0.9'],
    [
      'a ratio of page loads',
      ratio('{ metric: page-load, outcome: good }', '{ metric: page-load }'),
      'judged by their mean',
    ],
    ['a ratio without what is good', ratio('{ metric: lcp }', '{ metric: lcp }'), 'outcome: good'],
    [
      'a ratio of two metrics',
      ratio('{ metric: lcp, outcome: good }', '{ metric: cls }'),
      'must be the same',
    ],
    [
      'a page of sessions',
      ratio('{ metric: sessions, outcome: good, page: home }', '{ metric: sessions, page: home }'),
      'a session goes over several pages',
    ],
    ['an unknown metric', mean('{ metric: speed, aggregate: mean }'), 'INVALID_OBJECTIVE'],
  ])('refuses %s', (_name, text, cause) => {
    expect(problemsOf(text).join('\n')).toContain(cause);
  });

  it('refuses time slices of a mean', () => {
    const sliced = mean(
      undefined,
      '{ op: lt, value: 1500, target: 0.95, timeSliceWindow: 1m, timeSliceTarget: 0.9 }',
    );
    expect(problemsOf(sliced.replace('Occurrences', 'Timeslices')).join()).toContain('counted once a run');
  });
});
