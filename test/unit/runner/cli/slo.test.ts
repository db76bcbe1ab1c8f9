import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explain, explanationText, findObjective } from '../../../../runner/cli/slo-explain.ts';
import { exportRules } from '../../../../runner/cli/slo-export.ts';
import { objectiveTable } from '../../../../runner/cli/slo-list.ts';
import { validateFiles, validationText } from '../../../../runner/cli/slo-validate.ts';
import { alertSentence, budgetingWords, span, windowWords } from '../../../../runner/cli/slo-words.ts';
import type { Objective } from '../../../../slo/types.ts';
import { objective } from '../../slo/fixtures.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-slo-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const slo = `apiVersion: openslo/v1
kind: SLO
metadata: { name: paying }
spec:
  service: payment
  indicatorRef: payments
  timeWindow: [{ duration: 30d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.99 }]
`;
const sli = `apiVersion: openslo/v1
kind: SLI
metadata: { name: payments }
spec:
  ratioMetric:
    good: { metricSource: { type: k6, spec: { service: payment, outcome: good } } }
    total: { metricSource: { type: k6, spec: { service: payment } } }
`;

describe('validate', () => {
  test('follows references from file to file, and counts what was understood', async () => {
    const { validation, problems } = await validateFiles([file('slo.yaml', slo), file('sli.yaml', sli)], {});
    expect(problems).toEqual([]);
    expect(validation).toEqual({
      files: 2,
      documents: { SLO: 1, SLI: 1 },
      objectives: ['paying'],
      warnings: [],
    });
    expect(validationText(validation)).toBe(
      '2 files are right: 1 SLO and 1 SLI, with 1 objective that can be measured.',
    );
  });

  test('tells the problems of all files, also of those that are not there', async () => {
    const paths = [file('slo.yaml', slo), join(folder, 'nowhere.yaml'), folder];
    const { problems } = await validateFiles(paths, {});
    expect(problems).toMatchObject([
      { file: paths[1], cause: 'does not exist' },
      { file: folder, cause: expect.stringContaining('cannot be read: EISDIR') },
      { file: paths[0], line: 6, cause: 'spec.indicatorRef: there is no SLI "payments"' },
    ]);
  });

  test('takes files without an SLO, and none without any document', async () => {
    const shared = await validateFiles([file('sli.yaml', sli)], {});
    expect(shared.problems).toEqual([]);
    expect(shared.validation.warnings).toHaveLength(1);
    const empty = await validateFiles([file('empty.yaml', '# later\n')], {});
    expect(empty.problems).toMatchObject([{ code: 'NO_OBJECTIVES' }]);
  });

  test('--lenient turns unknown fields into warnings', async () => {
    const path = file('odd.yaml', `${slo.replace('indicatorRef', 'colour: red\n  indicatorRef')}---\n${sli}`);
    expect((await validateFiles([path], {})).problems).toHaveLength(1);
    const { validation, problems } = await validateFiles([path], { lenient: true });
    expect(problems).toEqual([]);
    expect(validationText(validation)).toContain(', and 1 warning.');
  });
});

describe('list', () => {
  test('a row for each objective', () => {
    const alerts = [{ ...alert, name: 'fast-burn' }];
    const calendar = { count: 1, unit: 'month', startTime: '2022-01-01 00:00:00', timeZone: 'UTC' } as const;
    const budgeting = { method: 'ratio-timeslices', windowSeconds: 60 } as const;
    const text = objectiveTable([objective(), objective({ id: 'other', alerts, calendar, budgeting })]);
    expect(text.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['objective', 'service', 'promise', 'window', 'budget counts', 'alerts'],
      ['till-availability', 'till', '99 % of requests succeed', '30 days', 'events', 'none'],
      [
        'other',
        'till',
        '99 % of requests succeed, as the mean of 60-second slices',
        'each month',
        'mean of slices of 1 minute',
        'fast-burn',
      ],
    ]);
  });
});

const alert = {
  name: 'fast-burn',
  severity: 'page',
  op: 'gt',
  threshold: 14.4,
  lookbackSeconds: [3600],
  alertAfterSeconds: 300,
  whenBreaching: true,
  whenNoData: true,
} as const;

describe('explain', () => {
  test('says what is promised, measured, needed, allowed and where it is declared', () => {
    const text = explanationText(explain(objective({ owner: 'cashiers', description: 'Money is taken.' })));
    expect(text.split('\n')).toEqual([
      'objective  till-availability (Till answers)',
      'promise    Money is taken.',
      'in short   99 % of requests succeed',
      'service    till, answered for by cashiers',
      'labels     tier=critical, kind=availability',
      'measured   by k6, as customers see it: every request to till.pay and till.receipt, and those that were never sent',
      'good       answered as its contract says',
      'verdict    299 clean requests prove it at 95 % confidence, 473 if one is bad; no data proves nothing',
      'budget     1 % of the requests of any 30 days may be bad, as much as 7 hours 12 minutes of full outage',
      "alerts     none of its own; exported rules have the SRE Workbook's",
      'declared   till.yaml:1',
    ]);
  });

  test.each<[Partial<Objective>, string]>([
    [{ sli: { measure: 'probes', service: 'till' } }, 'by one probe a second to till'],
    [{ sli: { measure: 'journeys', journey: 'visit', underMs: 2000 } }, 'and within 2 s in all'],
    [{ sli: { measure: 'readings', reading: 'age', op: 'lt', value: 5, census: false } }, '< 5'],
    [
      { sli: { measure: 'readings', reading: 'lost', op: 'lte', value: 0, census: true } },
      'one miss is a fail',
    ],
    [{ sli: { measure: 'objectives', atLeastMultiplier: 10 } }, 'at least 10x the normal load'],
    [
      { alerts: [alert] },
      'page if the budget burns at > 14.4 times its pace over 1 hour for 5 minutes, or if there is no data',
    ],
    [
      {
        sli: {
          measure: 'series',
          source: { type: 'Prometheus', dataSource: 'metrics', url: 'http://127.0.0.1:9090' },
          kind: 'ratio',
          goodOrBad: 'bad',
          query: 'errors',
          totalQuery: 'all',
          counter: true,
        },
      },
      'by Prometheus (metrics) at http://127.0.0.1:9090, which is asked for the time of the run: errors, of all',
    ],
    [
      {
        sli: {
          measure: 'composite',
          members: [
            {
              displayName: 'Paying',
              target: 0.999,
              weight: 2,
              sli: { measure: 'requests', service: 'till', routes: ['till.pay'] },
            },
          ],
        },
      },
      'Paying: 99.9 % of requests succeed, weight 2',
    ],
    [
      { budgeting: { method: 'timeslices', windowSeconds: 120, sliceTarget: 0.95 } },
      '299 clean slices of 2 minutes prove it',
    ],
  ])('%#', (changes, words) => {
    expect(explanationText(explain(objective(changes)))).toContain(words);
  });

  test('an objective that is not there, with what was meant', () => {
    const meant = (id: string) => {
      try {
        findObjective([objective()], id);
      } catch (error) {
        return (error as { problems?: readonly { code: string; remedy: string }[] }).problems?.[0];
      }
      return undefined;
    };
    expect(meant('till-availablity')).toMatchObject({
      code: 'UNKNOWN_OBJECTIVE',
      remedy: 'Did you mean "till-availability"?',
    });
    expect(meant('till')?.remedy).toBe('Did you mean "till-availability"?');
    expect(meant('x')?.remedy).toBe('See `peakproof slo list`.');
  });
});

describe('words', () => {
  test.each([
    [259.2, '4 minutes 19.2 seconds'],
    [2_592_000, '30 days'],
    [25_920, '7 hours 12 minutes'],
    [1, '1 second'],
    [0.864, '0.864 seconds'],
    [0, 'no time'],
  ])('%d s → %s', (seconds, text) => expect(span(seconds)).toBe(text));

  test('windows, budgets and recoveries', () => {
    const calendar = { count: 2, unit: 'week', startTime: '2022-01-01 00:00:00', timeZone: 'UTC' } as const;
    expect(windowWords(objective({ calendar }))).toBe('each 2 weeks');
    expect(budgetingWords(undefined)).toBe('events');
    expect(alertSentence({ ...alert, whenBreaching: false, whenNoData: false })).toContain('recoveries');
  });
});

describe('export', () => {
  test('needs a format', async () => {
    await expect(exportRules({})).rejects.toThrow('INVALID_OPTION');
  });

  test('writes a file, and says what was left out', async () => {
    const out = join(folder, 'rules.yaml');
    const { told } = await exportRules({ prometheus: true, out });
    expect(told[0]).toMatch(/^\d+ rules for \d+ objectives in /);
    expect(told).toContain('left out checkout-latency: only the load generator sees journeys');
  });

  test('a folder that is not there', async () => {
    const out = join(folder, 'nowhere', 'rules.yaml');
    await expect(exportRules({ prometheus: true, out })).rejects.toThrow(out);
  });
});
