import { describe, expect, test } from 'vitest';
import { parseObjectives } from '../../../../slo/openslo/parse.ts';
import { catalog } from '../fixtures.ts';
import { latency, problemsOf } from './till.ts';

const parse = (text: string) => parseObjectives([{ file: 'till.yaml', text }], catalog, ['visit']);

/** The objective with its sources replaced: what makes good good, and what both share. */
function sliFrom(type: string, shared: string, good: string) {
  const spec = (fields: string[]) => `{ ${fields.filter(Boolean).join(', ')} }`;
  const text = latency
    .replace(
      'type: k6, spec: { service: till, underMs: 300 }',
      `type: ${type}, spec: ${spec([shared, good])}`,
    )
    .replace('type: k6, spec: { service: till }', `type: ${type}, spec: ${spec([shared])}`);
  return parse(text)[0]?.sli;
}

describe('what is understood', () => {
  test('an SLO with all that it says', () => {
    expect(parse(latency)).toEqual([
      {
        id: 'till-latency',
        displayName: 'Till in time',
        description: 'fast money',
        service: 'till',
        owner: 'cashiers',
        target: 0.9999,
        windowDays: 28,
        sli: { measure: 'requests', service: 'till', routes: ['till.pay', 'till.receipt'], underMs: 300 },
        labels: { tier: 'critical' },
        source: { file: 'till.yaml', line: 1 },
      },
    ]);
  });

  test.each([
    ['k6', 'service: till', 'outcome: good', { service: 'till', routes: ['till.pay', 'till.receipt'] }],
    ['k6', 'service: till, kind: read', 'underMs: 5', { routes: ['till.receipt'], kind: 'read', underMs: 5 }],
    ['k6', 'service: till, route: pay', 'outcome: good', { routes: ['till.pay'], route: 'till.pay' }],
    ['k6', 'service: "*"', 'outcome: good', { routes: ['till.pay', 'till.receipt', 'shelf.look'] }],
    [
      'k6',
      'journey: visit, atLeastMultiplier: 10',
      'outcome: good',
      { journey: 'visit', atLeastMultiplier: 10 },
    ],
    ['probe', 'service: shelf', 'outcome: good', { measure: 'probes', service: 'shelf' }],
    [
      'objectives',
      'atLeastMultiplier: 10',
      'outcome: good',
      { measure: 'objectives', atLeastMultiplier: 10 },
    ],
  ])('source %s { %s } with good { %s }', (type, shared, good, sli) => {
    expect(sliFrom(type, shared, good)).toMatchObject(sli);
  });

  test('"*" names no service', () => {
    expect(sliFrom('k6', 'service: "*"', 'outcome: good')).not.toHaveProperty('service');
  });

  test('a reading with its limit in the objective, its indicator in another document', () => {
    const sli = `apiVersion: openslo/v1
kind: SLI
metadata: { name: age }
spec: { thresholdMetric: { metricSource: { type: reading, spec: { reading: age-seconds } } } }
`;
    const slo = latency
      .replace(/ {2}indicator:[\s\S]*?(?= {2}timeWindow)/, '  indicatorRef: age\n')
      .replace('{ targetPercent: 99.99 }', '{ op: lt, value: 5, target: 0.99 }');
    expect(parse(`${sli}---\n${slo}`)[0]).toMatchObject({
      target: 0.99,
      sli: { measure: 'readings', reading: 'age-seconds', op: 'lt', value: 5, census: false },
      source: { line: 6 },
    });
  });
});

describe('what is refused', () => {
  test('every problem of every file at once', () => {
    const text = latency
      .replace('service: till\n', 'service: tll\n')
      .replace('  budgetingMethod: Occurrences\n', '')
      .replace('{ targetPercent: 99.99 }', '{ target: 0.9, targetPercent: 90 }');
    expect(problemsOf(text)).toEqual([
      'UNKNOWN_SERVICE till.yaml:10 spec.service: there is no service or journey "tll" (did you mean "till"?)',
      'INVALID_OBJECTIVE till.yaml:8 spec: name the budgetingMethod',
      'INVALID_OBJECTIVE till.yaml:19 spec.objectives[0]: give either target or targetPercent',
    ]);
  });

  test.each([
    [
      '  displayName: Till',
      '  displayNam: Till',
      5,
      'unknown field metadata.displayNam (did you mean "displayName"?)',
    ],
    ['targetPercent: 99.99', 'targetPercent: 100', 20, 'spec.objectives[0].targetPercent: too big'],
    [
      'targetPercent: 99.99',
      'target: 1',
      20,
      'spec.objectives[0].target: too big: 100 % leaves no error budget',
    ],
    ['targetPercent: 99.99', 'target: -0.5', 20, 'spec.objectives[0].target: too small'],
    ['targetPercent: 99.99', 'target: 0', 20, 'spec.objectives[0].target: too small'],
    ['targetPercent: 99.99', 'target: .nan', 20, 'spec.objectives[0].target: invalid input'],
    [
      'duration: 4w',
      'duration: 1M',
      18,
      'spec.timeWindow[0].duration: a rolling window has a fixed length: say it in days',
    ],
    ['duration: 4w', 'duration: 30s', 18, 'spec.timeWindow[0].duration: use a whole number and m (minutes)'],
    [
      'underMs: 300',
      'underms: 300',
      16,
      'unknown field spec.indicator.spec.ratioMetric.good.metricSource.spec.underms (did',
    ],
    ['kind: SLO', 'kind: SLOO', 2, 'kind: expected SLO, SLI, AlertPolicy, AlertCondition,'],
    ['kind: SLO', 'kind: toString', 2, 'kind: expected SLO'],
    ['tier: critical', '"ti er": critical', 6, 'metadata.labels.ti er: '],
    ['name: till-latency', 'name: Till_Latency', 4, 'metadata.name: use lower-case'],
    ['openslo/v1', 'openslo/v2', 1, 'apiVersion: invalid input'],
  ])('%s → %s', (from, to, line, cause) => {
    const [first, ...others] = problemsOf(latency.replace(from, to));
    expect(first?.startsWith(`INVALID_OBJECTIVE till.yaml:${line} ${cause}`), first).toBe(true);
    expect(others).toEqual([]);
  });

  test.each([
    ['service: till, underMs: 300', 'service: shelf, underMs: 300', 'INVALID_OBJECTIVE till.yaml:17'],
    ['service: till, underMs: 300', 'service: till', 'INVALID_OBJECTIVE till.yaml:17'],
    ['type: k6', 'type: k7', 'UNSUPPORTED_OBJECTIVE till.yaml:16'],
    ['type: k6', 'type: constructor', 'UNSUPPORTED_OBJECTIVE till.yaml:16'],
    ['{ targetPercent: 99.99 }', '{ op: lt, target: 0.9 }', 'INVALID_OBJECTIVE till.yaml:20'],
    ['{ targetPercent: 99.99 }', '{ target: 0.9, timeSliceWindow: 1m }', 'INVALID_OBJECTIVE till.yaml:20'],
    ['{ targetPercent: 99.99 }', '{ target: 0.9, compositeWeight: 2 }', 'INVALID_OBJECTIVE till.yaml:20'],
  ])('%s → %s', (from, to, problem) => {
    const problems = problemsOf(latency.replace(from, to));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  test.each([
    ['service: tell', 'UNKNOWN_SERVICE', 'did you mean "till"?'],
    ['service: constructor', 'UNKNOWN_SERVICE', 'there is no service "constructor"'],
    ['service: till, route: pey', 'UNKNOWN_ROUTE', 'did you mean "pay"?'],
    ['journey: visits', 'UNKNOWN_JOURNEY', 'did you mean "visit"?'],
    ['service: shelf, kind: write', 'INVALID_OBJECTIVE', 'shelf has no write routes'],
    ['journey: visit, service: till', 'INVALID_OBJECTIVE', 'a journey crosses services'],
  ])('a source { %s }', (shared, code, words) => {
    expect(() => sliFrom('k6', shared, 'outcome: good')).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code, line: 16 })] }),
    );
    expect(() => sliFrom('k6', shared, 'outcome: good')).toThrow(words);
  });

  test('two documents of one kind and name, saying where the first is', () => {
    expect(problemsOf(`${latency}---\n${latency}`)).toEqual([
      'DUPLICATE_OBJECTIVE till.yaml:25 metadata.name: SLO "till-latency" exists already at till.yaml:4',
    ]);
  });

  test('a file without objectives', () => {
    expect(() => parse('')).toThrow('NO_OBJECTIVES');
    expect(() => parse('# nothing\n')).toThrow('NO_OBJECTIVES');
  });

  test('YAML that cannot be read, with its line, while the other files are still checked', () => {
    const broken = { file: 'broken.yaml', text: 'kind: SLO\nspec: [1, 2\n' };
    const wrong = { file: 'wrong.yaml', text: latency.replace('kind: SLO', 'kind: Nothing') };
    expect(() => parseObjectives([broken, wrong], catalog, [])).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({ file: 'broken.yaml', code: 'INVALID_OBJECTIVE' }),
          expect.objectContaining({ file: 'wrong.yaml', line: 2 }),
        ],
      }),
    );
  });

  test('a document that grows by its aliases', () => {
    const levels = Array.from(
      { length: 9 },
      (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}*l${n}]`,
    );
    const bomb = `l0: &l0 x\n${levels.join('\n')}\n`;
    expect(problemsOf(bomb)).toEqual([expect.stringContaining('cannot be read: Excessive alias count')]);
  });

  test('an alias that stands inside of what it stands for', () => {
    const endless = latency.replace('labels: { tier: critical }', 'labels: &labels { tier: *labels }');
    expect(problemsOf(endless)).toEqual([
      'INVALID_OBJECTIVE till.yaml:1 cannot be read: an alias stands inside of what it stands for',
    ]);
  });

  test('a file of a million aliases, before it is parsed', () => {
    expect(problemsOf(`a: &a x\nb: [${'*a,'.repeat(1_000_000)}]\n`)).toEqual([
      'INVALID_OBJECTIVE till.yaml:undefined is longer than 1000000 characters',
    ]);
  });

  test.each([
    ['brackets', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['braces', `a: ${'{a: '.repeat(20_000)}\n`],
    ['dashes', `${'- '.repeat(20_000)}x\n`],
    ['question marks', `${'? '.repeat(20_000)}x\n`],
  ])('a file that is nested without end, by %s', (_, text) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining('is nested deeper than 200 levels')]);
  });

  test('duplicate keys of a mapping', () => {
    expect(problemsOf(latency.replace('  service: till\n', '  service: till\n  service: shelf\n'))).toEqual([
      'INVALID_OBJECTIVE till.yaml:11 Map keys must be unique',
    ]);
  });

  test('a document that is no mapping', () => {
    expect(problemsOf('just text\n')).toEqual([
      expect.stringMatching(/^INVALID_OBJECTIVE till.yaml:1 kind: expected SLO, .* found none$/),
    ]);
  });
});
