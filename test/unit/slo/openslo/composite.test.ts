import { describe, expect, test } from 'vitest';
import { latency, problemsOf, read } from './till.ts';

const source = (spec: string) => `{ metricSource: { type: k6, spec: { ${spec} } } }`;
const indicator = (spec: string) =>
  `indicator: { metadata: { name: x }, spec: { ratioMetric: { good: ${source(`${spec}, outcome: good`)}, total: ${source(spec)} } } }`;
const capacity =
  'indicator: { metadata: { name: x }, spec: { ratioMetric: { good: { metricSource: { type: objectives, spec: { outcome: good } } }, total: { metricSource: { type: objectives, spec: {} } } } } }';

const drills =
  'indicator: { metadata: { name: x }, spec: { thresholdMetric: { metricSource: { type: drill, spec: { figure: time-to-recover } } } } }';

const composite = (...objectives: string[]) =>
  latency
    .replace(/ {2}indicator:[\s\S]*?(?= {2}timeWindow)/, '')
    .replace(
      / {2}objectives.*\n/,
      `  objectives:\n${objectives.map((item) => `    - { ${item} }\n`).join('')}`,
    );

const paying = `displayName: Paying, target: 0.999, compositeWeight: 2, ${indicator('service: till, route: pay')}`;
const looking = `target: 0.99, ${indicator('service: shelf')}`;
const visits =
  'apiVersion: openslo/v1\nkind: SLI\nmetadata: { name: visits }\n' +
  `spec: { ratioMetric: { good: ${source('journey: visit, outcome: good')}, total: ${source('journey: visit')} } }\n---\n`;

test('is one objective, whose members keep weight, target and indicator', () => {
  const text = visits + composite(paying, looking, 'target: 0.9, indicatorRef: visits');
  expect(problemsOf(text)).toEqual([]);
  expect(read(text).objectives).toMatchObject([
    {
      id: 'till-latency',
      displayName: 'Till in time',
      target: 0.999,
      sli: {
        measure: 'composite',
        members: [
          { displayName: 'Paying', target: 0.999, weight: 2, sli: { route: 'till.pay' } },
          { displayName: 'objective 2', target: 0.99, weight: 1, sli: { service: 'shelf' } },
          { displayName: 'objective 3', target: 0.9, weight: 1, sli: { measure: 'journeys' } },
        ],
      },
    },
  ]);
});

describe('refused', () => {
  const slices = (item: string, window: string) =>
    `timeSliceTarget: 0.9, timeSliceWindow: ${window}, ${item}`;
  test.each([
    [composite(paying, 'target: 0.9'), 'spec.objectives[1]: give either indicator or indicatorRef'],
    [composite(paying, 'target: 0.9, indicatorRef: visits'), 'there is no SLI "visits"'],
    [composite(paying, looking.replace('target: 0.99, ', '')), 'give either target or targetPercent'],
    [composite(paying, `compositeWeight: 0, ${looking}`), 'compositeWeight: too small'],
    [composite(paying, `compositeWeight: -1, ${looking}`), 'compositeWeight: too small'],
    [composite(paying, `compositeWeight: .inf, ${looking}`), 'compositeWeight: invalid'],
    [composite(paying, `target: 0.9, ${capacity}`), 'the capacity promise stands for all objectives'],
    [composite(paying, `op: lt, value: 900, target: 0.9, ${drills}`), 'drills have no error budget to share'],
    [
      composite(paying, `target: 0.9, ${indicator('service: shelf, atLeastMultiplier: 10')}`),
      'all objectives of a composite need one atLeastMultiplier',
    ],
    [
      composite(slices(paying, '1m'), slices(looking, '2m')).replace('Occurrences', 'Timeslices'),
      'all objectives of a composite need one timeSliceWindow',
    ],
    [
      latency.replace('{ targetPercent: 99.99 }', `{ ${looking} }`),
      'have indicators of their own; leave out',
    ],
  ])('%#', (text, cause) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(cause)]);
  });
});
