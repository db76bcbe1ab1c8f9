/** Exported rules, in the hands of Prometheus' own promtool: it accepts them, and they mean what the objectives say. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { catalog } from '../../scenarios/catalog.ts';
import { traffic } from '../../scenarios/traffic.ts';
import { parseObjectives } from '../../slo/openslo/parse.ts';
import { prometheusRules } from '../../slo/prometheus/rules.ts';
import type { BurnRateAlert, Objective, SeriesQuery } from '../../slo/types.ts';
import { objective } from '../unit/slo/fixtures.ts';

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
if (!hasPromtool)
  console.warn('no promtool on PATH (Debian: prometheus): the exported rules are not checked');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-rules-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function promtool(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

interface Expected {
  /** Series as promtool's unit tests write them, one sample a minute. */
  readonly series: Readonly<Record<string, string>>;
  readonly atMinutes: number;
  /** Expression → value. */
  readonly values?: Readonly<Record<string, number>>;
  /** Alert → severities that fire; empty for none. */
  readonly firing?: Readonly<Record<string, readonly string[]>>;
}

/** promtool's verdict on whether the rules of an objective do what is expected of them. */
function play(rules: Objective, { series, atMinutes, values = {}, firing = {} }: Expected) {
  writeFileSync(join(folder, 'rules.yaml'), prometheusRules([rules]).text);
  // Only the severity is of interest: annotations and the other labels are those of the rule file.
  const alertExpressions = Object.entries(firing).map(([name, severities]) => ({
    expr: `count by (severity) (ALERTS{alertname="${name}",alertstate="firing"})`,
    eval_time: `${atMinutes}m`,
    exp_samples: severities.map((severity) => ({ labels: `{severity="${severity}"}`, value: 1 })),
  }));
  const valueExpressions = Object.entries(values).map(([expr, value]) => ({
    expr: `round(${expr}, 0.000001)`,
    eval_time: `${atMinutes}m`,
    exp_samples: [{ labels: `{objective="${rules.id}", service="${rules.service}"}`, value }],
  }));
  const inputs = Object.entries(series).map(([name, text]) => ({ series: name, values: text }));
  const document = {
    rule_files: ['rules.yaml'],
    evaluation_interval: '1m',
    tests: [
      { interval: '1m', input_series: inputs, promql_expr_test: [...alertExpressions, ...valueExpressions] },
    ],
  };
  writeFileSync(join(folder, 'test.yaml'), stringify(document));
  const checked = promtool('check', 'rules', 'rules.yaml');
  return checked.status === 0 ? promtool('test', 'rules', 'test.yaml') : checked;
}

const accepted = { status: 0, output: expect.stringContaining('SUCCESS') };
const ratio5m = (id = 'till-availability') => `peakproof:error_ratio:rate5m{objective="${id}"}`;

const counted = (route: string) => `http_request_duration_seconds_count{service="till",route="${route}"}`;
const failed = (route: string) => `http_server_errors_total{service="till",route="${route}"}`;
const within = (route: string, le: string) =>
  `http_request_duration_seconds_bucket{service="till",route="${route}",le="${le}"}`;

describe.skipIf(!hasPromtool)('promtool', () => {
  test("accepts the rules of the built-in suite's objectives", () => {
    const from = new URL('../../slo/objectives/', import.meta.url);
    const files = readdirSync(from).map((file) => ({
      file,
      text: readFileSync(new URL(file, from), 'utf8'),
    }));
    const { text, ruleCount } = prometheusRules(parseObjectives(files, catalog, Object.keys(traffic)));
    writeFileSync(join(folder, 'suite.yaml'), text);
    const { status, output } = promtool('check', 'rules', 'suite.yaml');
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringContaining(`${ruleCount} rules found`),
    });
  });

  test.each<[string, Partial<Objective>, Expected]>([
    [
      'a service that fails 20 % pages',
      {},
      {
        series: { [counted('pay')]: '0+100x90', [failed('pay')]: '0+20x90' },
        atMinutes: 80,
        values: { [ratio5m()]: 0.2 },
        firing: { ErrorBudgetBurns: ['page', 'ticket'], ErrorBudgetUnknown: [] },
      },
    ],
    [
      'a service that fails 5 % of a budget of 1 % only raises a ticket',
      {},
      {
        series: { [counted('pay')]: '0+100x90', [failed('pay')]: '0+5x90' },
        atMinutes: 80,
        values: { [ratio5m()]: 0.05 },
        firing: { ErrorBudgetBurns: ['ticket'] },
      },
    ],
    [
      'a service that never failed has an error ratio, though its counter is not there',
      {},
      {
        series: { [counted('pay')]: '0+100x90' },
        atMinutes: 80,
        values: { [ratio5m()]: 0 },
        firing: { ErrorBudgetBurns: [], ErrorBudgetUnknown: [] },
      },
    ],
    [
      'missing data is told, and is no kept promise',
      {},
      { series: {}, atMinutes: 30, firing: { ErrorBudgetBurns: [], ErrorBudgetUnknown: ['ticket'] } },
    ],
    [
      'a latency limit counts the routes it is promised for, and failures',
      {
        sli: { measure: 'requests', service: 'till', kind: 'read', routes: ['till.receipt'], underMs: 2000 },
      },
      {
        series: {
          [counted('receipt')]: '0+100x90',
          [within('receipt', '2')]: '0+90x90',
          [failed('receipt')]: '0+5x90',
          [counted('pay')]: '0+100x90',
        },
        atMinutes: 80,
        values: { [ratio5m()]: 0.15 },
      },
    ],
    [
      'uptime is that of the scraped job',
      { sli: { measure: 'probes', service: 'till' } },
      { series: { 'up{job="till"}': '1 1 0 0 1 1' }, atMinutes: 4, values: { [ratio5m()]: 0.4 } },
    ],
    [
      'slices without traffic do not count',
      { budgeting: { method: 'timeslices', windowSeconds: 120, sliceTarget: 0.95 } },
      {
        // Two slices of 10 % failures, then no traffic, then good ones.
        series: {
          [counted('pay')]: '0 100 200 300 400 400 400 400 400 500 600 700 800',
          [failed('pay')]: '0 10 20 30 40 40 40 40 40 40 40 40 40',
        },
        atMinutes: 12,
        values: { 'peakproof:error_ratio:rate30m{objective="till-availability"}': 0.5 },
      },
    ],
    [
      'the mean of ratios weighs a quiet slice like a busy one',
      { budgeting: { method: 'ratio-timeslices', windowSeconds: 120 } },
      {
        series: {
          [counted('pay')]: '0 1 2 1002 2002',
          [failed('pay')]: '0 1 2 2 2',
        },
        atMinutes: 4,
        values: { [ratio5m()]: 0.5 },
      },
    ],
    [
      "an objective's own alert fires after its time",
      { alerts: [alert({ alertAfterSeconds: 600, threshold: 2 })] },
      {
        series: { [counted('pay')]: '0+100x90', [failed('pay')]: '0+5x90' },
        atMinutes: 80,
        firing: { ErrorBudgetBurns: ['wake-up'] },
      },
    ],
    [
      "an objective's own alert on missing data",
      { alerts: [alert({ whenNoData: true })] },
      { series: {}, atMinutes: 5, firing: { ErrorBudgetBurns: ['wake-up'] } },
    ],
    [
      'a composite adds weighted burn rates',
      {
        target: 0.99,
        sli: {
          measure: 'composite',
          members: [
            {
              displayName: 'Paying',
              target: 0.99,
              weight: 2,
              sli: { measure: 'requests', service: 'till', route: 'till.pay', routes: ['till.pay'] },
            },
            { displayName: 'Up', target: 0.9, weight: 1, sli: { measure: 'probes', service: 'till' } },
          ],
        },
      },
      {
        // 1 % twice, and 20 % of a budget ten times as large: 0.02 + 0.02.
        series: {
          [counted('pay')]: '0+100x10',
          [failed('pay')]: '0+1x10',
          'up{job="till"}': '0.8x10',
        },
        atMinutes: 10,
        values: { [ratio5m()]: 0.04 },
      },
    ],
    [
      'hostile names and braces stay text',
      { displayName: 'Till {{ .Nothing }} "quoted"', service: 'ti"ll\\', description: "it's: {{ fine }}" },
      { series: { [counted('pay')]: '0+100x90' }, atMinutes: 5 },
    ],
  ])('%s', (_, changes, expected) => {
    expect(play(objective(changes), expected)).toEqual(accepted);
  });

  const queried = (query: SeriesQuery) =>
    objective({ sli: { measure: 'series', source: { type: 'Prometheus' }, ...query } });

  test.each<[SeriesQuery, Record<string, string>, number]>([
    [
      { kind: 'ratio', goodOrBad: 'good', query: 'ok{q="a\\"b"}', totalQuery: 'all', counter: true },
      { 'ok{q="a\\"b"}': '0+90x20', all: '0+100x20' },
      0.1,
    ],
    [
      { kind: 'ratio', goodOrBad: 'bad', query: 'broken', totalQuery: 'all', counter: false },
      { broken: '5x20', all: '50x20' },
      0.1,
    ],
    [{ kind: 'raw', query: 'ratio', rawType: 'success' }, { ratio: '0.75x20' }, 0.25],
    [{ kind: 'raw', query: 'ratio', rawType: 'failure' }, { ratio: '0.75x20' }, 0.75],
    [{ kind: 'threshold', query: 'p99', op: 'lte', value: 0.5 }, { p99: '0.5x20' }, 0],
    [{ kind: 'threshold', query: 'p99', op: 'lt', value: 0.5 }, { p99: '0.5x20' }, 1],
  ])('a query of the objective itself %#', (query, series, value) => {
    expect(play(queried(query), { series, atMinutes: 15, values: { [ratio5m()]: value } })).toEqual(accepted);
  });
});

function alert(changes: Partial<BurnRateAlert>): BurnRateAlert {
  return {
    name: 'fast-burn',
    severity: 'wake-up',
    op: 'gt',
    threshold: 14.4,
    lookbackSeconds: [3600],
    alertAfterSeconds: 0,
    whenBreaching: true,
    whenNoData: false,
    ...changes,
  };
}

test('what production has no metric for is named with its reason', () => {
  const sli = { measure: 'journeys', journey: 'visit' } as const;
  const { text, left } = prometheusRules([objective({ id: 'visits', sli })]);
  expect(left).toEqual([{ id: 'visits', reason: 'only the load generator sees journeys' }]);
  expect(text).toContain('# left out: visits, because only the load generator sees journeys');
});
