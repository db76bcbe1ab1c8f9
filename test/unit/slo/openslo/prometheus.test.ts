import { describe, expect, it } from 'vitest';
import { parseObjectives } from '../../../../slo/openslo/parse.ts';
import { catalog } from '../fixtures.ts';

const metric = (query: string) => `{ metricSource: { type: Prometheus, spec: { query: "${query}" } } }`;

function parse(indicator: string, objective = '{ target: 0.99 }') {
  const text = `apiVersion: openslo/v1
kind: SLO
metadata: { name: till-servers }
spec:
  service: till
  indicator:
    metadata: { name: till-servers }
    spec: { ${indicator} }
  timeWindow: [{ duration: 30d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [${objective}]
`;
  return parseObjectives([{ file: 'till.yaml', text }], catalog, [])[0]?.sli;
}

const source = { type: 'Prometheus' };

describe('an indicator from Prometheus', () => {
  it.each([
    [
      'good and total',
      `ratioMetric: { counter: true, good: ${metric('g')}, total: ${metric('t')} }`,
      { kind: 'ratio', goodOrBad: 'good', query: 'g', totalQuery: 't', counter: true },
    ],
    [
      'bad and total that are no counters',
      `ratioMetric: { counter: false, bad: ${metric('b')}, total: ${metric('t')} }`,
      { kind: 'ratio', goodOrBad: 'bad', query: 'b', totalQuery: 't', counter: false },
    ],
    [
      'a finished ratio',
      `ratioMetric: { raw: ${metric('r')}, rawType: failure }`,
      { kind: 'raw', query: 'r', rawType: 'failure' },
    ],
  ])('is read: %s', (_, indicator, expected) => {
    expect(parse(indicator)).toEqual({ measure: 'series', source, ...expected });
  });

  it('is read: a threshold', () => {
    const sli = parse(`thresholdMetric: ${metric('p99')}`, '{ op: lt, value: 0.3, target: 0.9 }');
    expect(sli).toEqual({ measure: 'series', source, kind: 'threshold', query: 'p99', op: 'lt', value: 0.3 });
  });
});
