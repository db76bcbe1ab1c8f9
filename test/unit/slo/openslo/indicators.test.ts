/** Indicators: ratios of good or bad to all, finished ratios, thresholds, and where they come from. */
import { describe, expect, test } from 'vitest';
import { latency, problemsOf, queried, read, warningsOf, withIndicator } from './till.ts';

const from = (type: string, spec: string) => `{ metricSource: { type: ${type}, spec: { ${spec} } } }`;
const prometheus = (query: string) => from('Prometheus', `query: ${query}`);
const ratio = (...lines: string[]) =>
  withIndicator(`ratioMetric:\n${lines.map((line) => `  ${line}\n`).join('')}`);
const threshold = (source: string, limit = 'op: lt, value: 0.5, target: 0.9') =>
  withIndicator(`thresholdMetric: ${source}\n`).replace('{ targetPercent: 99.99 }', `{ ${limit} }`);

const source = { type: 'Prometheus' };

describe('what is understood', () => {
  test.each([
    [
      ratio(`bad: ${from('k6', 'service: till, outcome: bad')}`, `total: ${from('k6', 'service: till')}`),
      { measure: 'requests', service: 'till', routes: ['till.pay', 'till.receipt'] },
    ],
    [
      ratio(
        `bad: ${from('k6', 'service: till, outcome: bad, underMs: 300')}`,
        `total: ${from('k6', 'service: till')}`,
      ),
      { measure: 'requests', service: 'till', routes: ['till.pay', 'till.receipt'], underMs: 300 },
    ],
    [
      ratio(
        `bad: ${from('probe', 'service: till, outcome: bad')}`,
        `total: ${from('probe', 'service: till')}`,
      ),
      { measure: 'probes', service: 'till' },
    ],
    [
      ratio('counter: false', `bad: ${prometheus('errors')}`, `total: ${prometheus('all')}`),
      {
        measure: 'series',
        source,
        kind: 'ratio',
        goodOrBad: 'bad',
        query: 'errors',
        totalQuery: 'all',
        counter: false,
      },
    ],
    [
      ratio('rawType: failure', `raw: ${prometheus('error_ratio')}`),
      { measure: 'series', source, kind: 'raw', query: 'error_ratio', rawType: 'failure' },
    ],
    [
      threshold(prometheus('p99'), 'op: lt, value: -0.5, target: 0.9'),
      { measure: 'series', source, kind: 'threshold', query: 'p99', op: 'lt', value: -0.5 },
    ],
    [
      threshold(from('drill', 'figure: time-to-recover'), 'op: lt, value: 900, target: 0.9'),
      { measure: 'drills', figure: 'time-to-recover', op: 'lt', value: 900 },
    ],
    [
      threshold(
        from('drill', 'figure: budget-spent, fault: bad-deploy'),
        'op: lte, value: 0.01, target: 0.9',
      ),
      { measure: 'drills', figure: 'budget-spent', op: 'lte', value: 0.01, fault: 'bad-deploy' },
    ],
  ])('%#', (text, sli) => {
    expect(problemsOf(text)).toEqual([]);
    expect(read(text).objectives[0]?.sli).toEqual(sli);
  });
});

describe('contradictions', () => {
  const good = `good: ${prometheus('good')}`;
  const bad = `bad: ${prometheus('bad')}`;
  const total = `total: ${prometheus('all')}`;
  const raw = `raw: ${prometheus('ratio')}`;

  test.each([
    [ratio('counter: true', good, bad, total), ['give either good or bad']],
    [ratio('counter: true', good), ['a ratio needs total']],
    [ratio('counter: true', total), ['a ratio needs good or bad']],
    [ratio(raw), ['raw needs rawType']],
    [ratio(raw, 'rawType: success', good, total), ['raw is a finished ratio']],
    [ratio('counter: true', good, total, 'rawType: success'), ['rawType belongs to raw']],
    [ratio(good, total), ['say counter: true']],
    [ratio('counter: true', good, `total: ${prometheus('good')}`), ['good and total are the same query']],
    [ratio('counter: true', good, `total: ${from('k6', 'service: till')}`), ['must be the same']],
    [ratio('rawType: success', `raw: ${from('k6', 'service: till')}`), ['k6 holds no finished ratio']],
    [
      ratio(`good: ${from('reading', 'reading: a')}`, `total: ${from('reading', 'reading: a')}`),
      ['thresholdMetric'],
    ],
    [ratio(`bad: ${from('k6', 'service: till')}`, `total: ${from('k6', 'service: till')}`), ['outcome: bad']],
    [
      ratio(`good: ${from('k6', 'service: till, outcome: bad')}`, `total: ${from('k6', 'service: till')}`),
      ['outcome: good or underMs'],
    ],
    [threshold(from('k6', 'service: till')), ['k6 counts events']],
    [threshold(from('drill', 'figure: luck')), ['spec.figure']],
    [threshold(from('drill', 'figure: time-to-recover, fault: flood')), ['spec.fault']],
    [
      ratio(
        `good: ${from('drill', 'figure: time-to-recover')}`,
        `total: ${from('drill', 'figure: time-to-recover')}`,
      ),
      ['a drill is compared with a limit'],
    ],
    [
      threshold(from('drill', 'figure: time-to-recover'))
        .replace('Occurrences', 'Timeslices')
        .replace('target: 0.9', 'target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 1m'),
      ['counted once a run'],
    ],
    [threshold(prometheus('p99'), 'target: 0.9'), ['give op and value']],
    [
      threshold(prometheus('p99'), 'op: lt, value: 1, target: 0.9 }, { op: lt, value: 2, target: 0.99'),
      ['a thresholdMetric has one objective', 'a thresholdMetric has one objective'],
    ],
    [withIndicator('description: none\n'), ['either a ratioMetric or a thresholdMetric']],
    [queried.replace("'sum(good)'", '5'), ['good.metricSource.spec.query: invalid input: expected string']],
    [queried.replace("'sum(good)'", '[a, b]'), ['good.metricSource.spec.query: invalid input']],
    [queried.replace("'sum(good)'", '"  "'), ['good.metricSource.spec.query: write a query']],
    [queried.replace("query: 'sum(good)'", 'quary: x'), ['spec.query: invalid', 'did you mean "query"?']],
  ])('%#', (text, causes) => {
    expect(problemsOf(text)).toEqual(causes.map((cause) => expect.stringContaining(cause)));
  });
});

describe('references', () => {
  const dataSource = (type: string, details: string) =>
    `apiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: metrics }\nspec: { type: ${type}, connectionDetails: ${details} }\n---\n`;
  const server = dataSource('Prometheus', '{ url: "http://127.0.0.1:9090" }');
  const referring = queried.replaceAll('type: Prometheus', 'metricSourceRef: metrics');
  const sli = `apiVersion: openslo/v1\nkind: SLI\nmetadata: { name: other }\nspec:\n  ratioMetric:\n    counter: true\n    good: ${prometheus('a')}\n    total: ${prometheus('b')}\n---\n`;

  test('a metric source takes type and address from its DataSource', () => {
    for (const details of ['{ url: "http://127.0.0.1:9090" }', '[{ url: "http://127.0.0.1:9090" }]']) {
      expect(read(dataSource('Prometheus', details) + referring).objectives[0]?.sli).toMatchObject({
        source: { type: 'Prometheus', dataSource: 'metrics', url: 'http://127.0.0.1:9090' },
      });
    }
  });

  test('secrets of a DataSource are not read', () => {
    const text = dataSource('Prometheus', '{ url: "https://x/", password: secret }') + referring;
    expect(warningsOf(text, 'strict')).toEqual([
      '4 spec.connectionDetails: only url is used; password left to the target file',
    ]);
    expect(JSON.stringify(read(text))).not.toContain('secret');
  });

  test.each([
    [referring, 'metricSource.metricSourceRef: there is no DataSource "metrics"'],
    [
      server + referring.replace('metricSourceRef: metrics', 'metricSourceRef: metrcs'),
      '(did you mean "metrics"?)',
    ],
    [
      server + queried.replaceAll('type: Prometheus', 'type: k6, metricSourceRef: metrics'),
      'k6 contradicts its DataSource, which is of type Prometheus',
    ],
    [
      server + queried.replace('type: Prometheus', 'metricSourceRef: metrics'),
      'good and total must come from one data source',
    ],
    [queried.replaceAll('type: Prometheus, ', ''), 'name a type, or a metricSourceRef'],
    [dataSource('Prometheus', '{ url: "ftp://x" }') + referring, 'url must be an http or https address'],
    [
      dataSource('Prometheus', '{ url: "http://me:pw@x/" }') + referring,
      'url must be an http or https address',
    ],
    [dataSource('Prometheus', '{ url: 5 }') + referring, 'url must be an http or https address'],
    [latency.replace(/indicator:[\s\S]*?(?=\n {2}time)/, 'indicatorRef: other'), 'there is no SLI "other"'],
    [
      server + latency.replace(/indicator:[\s\S]*?(?=\n {2}time)/, 'indicatorRef: metrics'),
      '"metrics" is of kind DataSource, where SLI is referred to',
    ],
    [
      latency.replace(/indicator:[\s\S]*?(?=\n {2}time)/, 'indicatorRef: till-latency'),
      '"till-latency" is of kind SLO, where SLI is referred to',
    ],
    [
      sli + latency.replace('  timeWindow', '  indicatorRef: other\n  timeWindow'),
      'either indicator or indicatorRef',
    ],
    [sli + sli + latency, 'SLI "other" exists already at till.yaml:3'],
  ])('refused %#', (text, cause) => {
    expect(problemsOf(text)).toContainEqual(expect.stringContaining(cause));
    expect(problemsOf(text, 'lenient')).toContainEqual(expect.stringContaining(cause));
  });

  test('a document that nothing refers to', () => {
    expect(warningsOf(sli + latency, 'strict')).toEqual(['1 the document: nothing refers to SLI "other"']);
  });
});
