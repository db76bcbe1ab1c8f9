import { expect, test } from 'vitest';
import { generatorHealth } from '../../../slo/generator.ts';
import type { Measurements } from '../../../slo/measurements.ts';
import { seriesOf } from '../../fixtures/series.ts';
import { nothingMeasured, plan } from './fixtures.ts';

/** 10 a second at 1x in three scenarios: 50 + 100 + 275 + 2,000 iterations each. */
const planned = 3 * 2_425;

function health(measured: Partial<Measurements>) {
  return generatorHealth({ ...nothingMeasured, ...measured }, plan);
}

function busyIn(seconds: readonly number[]) {
  return health({ generator: seconds.map((second) => ({ second, machineBusyShare: 0.96 })) });
}

test('a machine that is full for five judged seconds in a row is saturated', () => {
  expect(busyIn([20, 21, 22, 23, 24])).toEqual({
    saturated: true,
    reasons: ['the machine was at least 95 % busy for 5 seconds in a row'],
  });
});

test('four in a row, five with a gap, or five that reach into the warm-up are not', () => {
  expect(busyIn([20, 21, 22, 23]).saturated).toBe(false);
  expect(busyIn([20, 21, 22, 24, 25]).saturated).toBe(false);
  expect(busyIn([3, 4, 5, 6, 7]).saturated).toBe(false);
});

function iterations(arrived: number, more: Partial<Measurements> = {}) {
  return health({ reconciliation: [{ metric: 'iterations', arrived, summary: arrived }], ...more });
}

test('over 5 % fewer iterations than planned is saturation, dropped ones not being missing', () => {
  // An iteration of each scenario may be due just after the end.
  const almost = Math.ceil(planned * 0.95) - plan.scenarios.length;
  expect(iterations(almost).saturated).toBe(false);
  expect(iterations(almost - 1).reasons).toEqual([
    'the generator started only 6,908 of 7,275 planned iterations',
  ]);
  const drops = seriesOf([{ second: 30, scenario: 'visit', phase: 'peak', count: 100 }]);
  expect(iterations(almost - 1, { drops }).saturated).toBe(false);
});

test('a run that was cut is held against the part that was measured', () => {
  expect(iterations(3 * 150, { measuredSeconds: 15, end: 'interrupted' }).saturated).toBe(false);
  const running = [{ second: 14, vusInUse: 60 }];
  expect(iterations(3 * 150 - 60, { measuredSeconds: 15, end: 'killed' }).saturated).toBe(true);
  const alive = iterations(3 * 150 - 60, { measuredSeconds: 15, end: 'killed', generator: running });
  expect(alive.saturated).toBe(false);
});

test('without figures of its own nothing is said about the generator', () => {
  expect(health({})).toEqual({ saturated: false, reasons: [] });
});
