import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../slo/evaluate.ts';
import type { Measurements, MetricSeries } from '../../../slo/measurements.ts';
import { queriesOf } from '../../../slo/measures/series.ts';
import type { SeriesQuery, Sli } from '../../../slo/types.ts';
import { nothingMeasured, objective, plan } from './fixtures.ts';

const source = { type: 'Prometheus' } as const;
const ratio = {
  kind: 'ratio',
  goodOrBad: 'bad',
  query: 'sum(errors)',
  totalQuery: 'sum(requests)',
  counter: true,
} as const;

/** What a query answers over the plan's 40 s and two seconds of lag. */
function answer(query: string, valueAt: (second: number) => number | null): MetricSeries {
  const values = Array.from({ length: 43 }, (_, second) => valueAt(second));
  return { source, query, fromSecond: 0, stepSeconds: 1, values };
}

function verdictOf(query: SeriesQuery, series: readonly MetricSeries[], changes: Partial<Measurements> = {}) {
  const sli: Sli = { measure: 'series', source, ...query };
  const { objectives } = evaluate({
    plan,
    objectives: [objective({ sli, target: 0.9 })],
    measurements: { ...nothingMeasured, series, ...changes },
    blocking: () => true,
  });
  const [verdict] = objectives;
  if (verdict === undefined) throw new Error('one objective, one verdict');
  return verdict;
}

describe('a ratio from a metrics backend', () => {
  const requests = answer('sum(requests)', (second) => 1000 + second * 10);

  it('is judged over the judged phases, and what was scraped late counts to the last', () => {
    const errors = answer('sum(errors)', (second) => (second < 30 ? 3 : 5));
    const { answer: given, evidence, reason, phases } = verdictOf(ratio, [errors, requests]);
    expect(given).toBe('pass');
    expect(evidence).toMatchObject({ total: 370, bad: 2 });
    expect(phases.map(({ phase, total, bad }) => [phase, total, bad])).toEqual([
      ['normal', 100, 0],
      ['rise', 50, 0],
      ['peak', 220, 2],
    ]);
    expect(reason).toMatch(/^2 failures in 370 server-side events prove ≥ 93\.\d+ %; 90 % was promised\./);
  });

  it('fails where the servers counted too many failures', () => {
    expect(verdictOf(ratio, [answer('sum(errors)', (second) => second * 5), requests]).answer).toBe('fail');
  });

  it('says how much it did not see', () => {
    const errors = answer('sum(errors)', (second) => (second > 10 && second < 16 ? null : 0));
    const { evidence, reason } = verdictOf(ratio, [errors, requests]);
    expect(evidence).toMatchObject({ total: 370, bad: 0 });
    expect(reason).toMatch(/Prometheus had no value at 5 of 43 times\.$/);
  });

  it.each([
    [
      'a query had no answer',
      [
        { ...requests, problem: 'Prometheus at a:1 answered 500', values: [] },
        answer('sum(errors)', () => 0),
      ],
      'No data: Prometheus at a:1 answered 500.',
    ],
    ['it was never asked', [], 'No data: Prometheus was not asked, as the run did not get that far.'],
    [
      'nothing was counted',
      [answer('sum(errors)', () => 0), answer('sum(requests)', () => 7)],
      'No data: Prometheus counted nothing in the judged phases.',
    ],
  ])('has no data, which no policy tolerates, where %s', (_, series, reason) => {
    expect(verdictOf(ratio, series)).toMatchObject({
      answer: 'inconclusive',
      dataMissing: true,
      evidence: { total: 0 },
      reason,
    });
  });

  it('takes no answer of another source', () => {
    const elsewhere = { ...requests, source: { type: 'Prometheus', dataSource: 'other' } } as const;
    expect(verdictOf(ratio, [answer('sum(errors)', () => 0), elsewhere]).reason).toMatch(/not asked/);
  });
});

describe('values of a metrics backend', () => {
  it('are time slices, each good if it keeps the limit; those after the load are none', () => {
    const query = { kind: 'threshold', query: 'p99', op: 'lt', value: 0.3 } as const;
    const { evidence, reason } = verdictOf(query, [answer('p99', (second) => (second === 20 ? 0.3 : 0.1))]);
    expect(evidence).toMatchObject({ total: 35, bad: 1 });
    expect(reason).toContain('1 value that is not < 0.3 in 35 time slices');
  });

  it.each([
    ['success', 0.99],
    ['failure', 0.01],
  ] as const)('are shares of %s by themselves', (rawType, value) => {
    const query = { kind: 'raw', query: 'r', rawType } as const;
    const { evidence, reason } = verdictOf(query, [answer('r', () => value)]);
    expect(evidence.bad).toBeCloseTo(0.35, 10);
    expect(evidence.total).toBe(35);
    expect(reason).toMatch(/^A mean of 9[89](\.\d+)? % in 35 time slices/);
  });

  it('prove nothing about slices without one', () => {
    const query = { kind: 'threshold', query: 'p99', op: 'lt', value: 0.3 } as const;
    const half = answer('p99', (second) => (second % 2 === 0 ? 0.1 : null));
    expect(verdictOf(query, [half])).toMatchObject({
      answer: 'inconclusive',
      evidence: { total: 35, bad: 0 },
    });
  });

  it('end with the load where a run was interrupted', () => {
    const query = { kind: 'threshold', query: 'p99', op: 'lt', value: 0.3 } as const;
    const cut = { ...answer('p99', () => 0.1), values: new Array<number>(13).fill(0.1) };
    expect(verdictOf(query, [cut], { measuredSeconds: 10 }).evidence.total).toBe(5);
  });
});

it('asks both queries of a ratio', () => {
  expect(queriesOf({ measure: 'series', source, ...ratio })).toEqual(['sum(errors)', 'sum(requests)']);
});
