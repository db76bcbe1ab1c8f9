import { describe, expect, test } from 'vitest';
import { memoryReading } from '../../../../slo/compare/memory-reading.ts';
import { findTrends, type Trend } from '../../../../slo/compare/trend.ts';
import type { ReadingRow } from '../../../../slo/measurements.ts';
import { seededRandom } from '../../../fixtures/report/random.ts';
import { runOf, type Truth } from './runs.ts';

const seconds = 305;

function trendsOf(
  truth: Omit<Truth, 'seconds'>,
  readings: readonly ReadingRow[] = [],
  limitMb?: number,
): readonly Trend[] {
  const { plan, measurements } = runOf({ seconds, ratePerSecond: 4, ...truth });
  const limits = limitMb === undefined ? {} : { memoryLimitsMb: { payment: limitMb } };
  const environment = { ...plan.environment, ...limits };
  return findTrends({ ...plan, environment }, { ...measurements, readings }).trends;
}

function memory(mbAt: (second: number) => number): ReadingRow[] {
  const { normal } = seededRandom(99);
  return Array.from({ length: Math.floor(seconds / 5) }, (_, i) => ({
    second: i * 5,
    reading: memoryReading.of('payment'),
    value: (mbAt(i * 5) + normal()) * 1e6,
    phase: 'normal',
  }));
}

const moving = (trends: readonly Trend[]) => trends.filter(({ direction }) => direction !== 'steady');

describe('memory', () => {
  test('a leak of 3 MB a minute is found, with the time to its limit', () => {
    const [leak, ...others] = moving(
      trendsOf(
        { seed: 1 },
        memory((second) => 80 + second / 20),
        245,
      ),
    );
    expect(others).toEqual([]);
    expect(leak).toMatchObject({ subject: 'memory', service: 'payment', direction: 'rises', limit: 245 });
    expect(leak?.perMinute).toBeGreaterThan(2.7);
    expect(leak?.perMinute).toBeLessThan(3.3);
    expect(leak?.low).toBeLessThan(3);
    expect(leak?.high).toBeGreaterThan(3);
    // From 95 MB at the end, 150 MB at 3 MB/min are 50 minutes.
    expect((leak?.secondsToLimit ?? 0) / 60).toBeGreaterThan(44);
    expect((leak?.secondsToLimit ?? 0) / 60).toBeLessThan(56);
  });

  test('a cache that fills up and stays so is no leak', () => {
    expect(
      moving(
        trendsOf(
          { seed: 2 },
          memory((second) => 120 - 40 * Math.exp(-second / 20)),
        ),
      ),
    ).toEqual([]);
  });

  test('noise is no leak', () => {
    expect(
      moving(
        trendsOf(
          { seed: 3 },
          memory(() => 80),
        ),
      ),
    ).toEqual([]);
  });
});

test('latency that creeps up is found in its service', () => {
  const rising = moving(trendsOf({ seed: 4, slower: { mail: (second) => 1 + second / 600 } }));
  expect(rising.map(({ subject, service, direction }) => [subject, service, direction])).toEqual([
    ['latency', 'mail', 'rises'],
  ]);
});

test('errors that grow are found', () => {
  const rising = moving(trendsOf({ seed: 5, errors: { stock: (second) => second / 1000 } }));
  expect(rising.map(({ subject, service }) => [subject, service])).toEqual([['errors', 'stock']]);
});

test('a step is told as a change of level, where it happened', () => {
  const trends = trendsOf({ seed: 6, slower: { mail: (second) => (second >= 200 ? 1.5 : 1) } });
  const mail = trends.find(({ service, subject }) => service === 'mail' && subject === 'latency');
  const second = mail?.steps[0]?.second ?? (mail?.direction === 'rises' ? 200 : 0);
  expect(Math.abs(second - 200)).toBeLessThan(10);
});

test('twenty stationary runs show no trend and no change of level', () => {
  const found = Array.from({ length: 20 }, (_, i) => trendsOf({ seed: 200 + i })).flat();
  expect(moving(found)).toEqual([]);
  expect(found.flatMap(({ steps }) => steps)).toEqual([]);
}, 120_000);

test('a phase that is too short has none', () => {
  const { plan, measurements } = runOf({ seed: 7, seconds: 50 });
  expect(findTrends(plan, measurements)).toEqual({ seriesCount: 0, trends: [] });
});
