import { describe, expect, test } from 'vitest';
import { replayAlert, workbookAlerts } from '../../../slo/alerts.ts';
import type { BurnRateAlert } from '../../../slo/types.ts';

const alert: BurnRateAlert = {
  name: 'fast-burn',
  severity: 'page',
  op: 'gt',
  threshold: 0.75,
  lookbackSeconds: [4],
  alertAfterSeconds: 0,
  whenBreaching: true,
  whenNoData: false,
};

/** Eight events a second, so many of them bad; `-` is a second without events. */
function seconds(text: string) {
  const values = text.split(' ');
  return {
    total: values.map((value) => (value === '-' ? 0 : 8)),
    bad: values.map((value) => (value === '-' ? 0 : Number(value))),
  };
}

/** Target 75 %: two bad events of eight are a burn rate of 1. */
const replay = (text: string, changes: Partial<BurnRateAlert> = {}) =>
  replayAlert(seconds(text), 0.75, { ...alert, ...changes });

describe('a burn-rate alert', () => {
  test.each<[string, string, Partial<BurnRateAlert>, ReturnType<typeof replay>]>([
    ['is silent while nothing fails', '0 0 0 0 0 0', {}, { firingSeconds: 0, isWindowFull: true }],
    [
      'fires over its threshold until the window has left the failures behind',
      '0 0 0 0 7 0 0 0 0 0',
      {},
      { firstFiringSecond: 4, firingSeconds: 4, isWindowFull: true },
    ],
    ['is silent at its threshold', '0 0 0 0 6 0 0 0 0', {}, { firingSeconds: 0, isWindowFull: true }],
    [
      'with gte fires at its threshold',
      '0 0 0 0 6 0 0 0 0',
      { op: 'gte' },
      { firstFiringSecond: 4, firingSeconds: 4, isWindowFull: true },
    ],
    [
      'waits until the condition has lasted',
      '0 0 0 0 7 0 0 0 0 0',
      { alertAfterSeconds: 2 },
      { firstFiringSecond: 6, firingSeconds: 2, isWindowFull: true },
    ],
    [
      'starts waiting anew after a good second',
      '3 3 3 0 0 0 0 3 3 3 3 3 3',
      { lookbackSeconds: [1], alertAfterSeconds: 3 },
      { firstFiringSecond: 10, firingSeconds: 3, isWindowFull: true },
    ],
    [
      'needs every one of its windows',
      '0 0 0 0 7 7 0 0 0 0',
      { lookbackSeconds: [4, 1] },
      { firstFiringSecond: 4, firingSeconds: 2, isWindowFull: true },
    ],
    [
      'looks at the part of its window that was measured, and says so',
      '0 7 0 0 0 0',
      {},
      { firstFiringSecond: 1, firingSeconds: 4, isWindowFull: false },
    ],
    ['in a run shorter than its window is never full', '0 0', {}, { firingSeconds: 0, isWindowFull: false }],
    ['is silent without data', '- - - - - -', {}, { firingSeconds: 0, isWindowFull: true }],
    [
      'is over when the data ends',
      '7 - - - - - -',
      {},
      { firstFiringSecond: 0, firingSeconds: 4, isWindowFull: false },
    ],
    [
      'fires without data where it is to',
      '0 0 0 0 - - - - - -',
      { whenNoData: true },
      { firstFiringSecond: 7, firingSeconds: 3, isWindowFull: true },
    ],
    [
      'that is not to fire on a breach does not',
      '7 7 7 7 7',
      { whenBreaching: false },
      { firingSeconds: 0, isWindowFull: true },
    ],
    [
      'with lt fires while the budget burns slowly, as it says',
      '0 0 0 0',
      { op: 'lt' },
      { firstFiringSecond: 0, firingSeconds: 4, isWindowFull: false },
    ],
    ['of no seconds at all', '', {}, { firingSeconds: 0, isWindowFull: false }],
  ])('%s', (_, text, changes, expected) => {
    const slices = text === '' ? { total: [], bad: [] } : seconds(text);
    expect(replayAlert(slices, 0.75, { ...alert, ...changes })).toEqual(expected);
  });

  test('a day of seconds takes no time worth the name', () => {
    const day = new Float64Array(86_400).fill(10);
    const history = replayAlert({ total: day, bad: new Float64Array(86_400) }, 0.999, {
      ...alert,
      lookbackSeconds: [21_600, 1800],
    });
    expect(history).toEqual({ firingSeconds: 0, isWindowFull: true });
  });
});

describe("the SRE Workbook's alerts", () => {
  const thresholds = (days: number) =>
    workbookAlerts(days).map(({ threshold, lookbackSeconds, severity }) => [
      threshold,
      ...lookbackSeconds.map((seconds) => seconds / 60),
      severity,
    ]);

  test('over 30 days', () => {
    expect(thresholds(30)).toEqual([
      [14.4, 60, 5, 'page'],
      [6, 360, 30, 'page'],
      [3, 1440, 120, 'ticket'],
      [1, 4320, 360, 'ticket'],
    ]);
  });

  test('over a week, without those that fire while the budget lasts', () => {
    expect(thresholds(7)).toEqual([
      [3.36, 60, 5, 'page'],
      [1.4, 360, 30, 'page'],
    ]);
  });

  test('over an hour there is none', () => {
    expect(workbookAlerts(1 / 24)).toEqual([]);
  });
});
