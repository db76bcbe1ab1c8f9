import { describe, expect, it } from 'vitest';
import { fitUsl, uslThroughput } from '../../../../slo/statistics/usl.ts';

const concurrencies = [1, 2, 4, 8, 16, 32];
const law = (lambda: number, sigma: number, kappa: number) => (n: number) =>
  (lambda * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1));
const pointsOf = (throughput: (n: number) => number) =>
  concurrencies.map((concurrency) => ({ concurrency, perSecond: throughput(concurrency) }));

describe('fitUsl', () => {
  it('finds the parameters that made the points', () => {
    const fit = fitUsl(pointsOf(law(1000, 0.05, 0.002)));
    expect(fit?.lambda.value).toBeCloseTo(1000, 6);
    expect(fit?.sigma.value).toBeCloseTo(0.05, 9);
    expect(fit?.kappa.value).toBeCloseTo(0.002, 9);
    expect(fit?.peakConcurrency).toBeCloseTo(Math.sqrt(0.95 / 0.002), 6);
    expect(fit?.relativeError).toBeCloseTo(0, 9);
  });

  it('covers the truth with its intervals when the points are off by some percent', () => {
    const off = [1.02, 0.98, 1.01, 0.99, 1.02, 0.98];
    const truth = law(1000, 0.05, 0.002);
    const fit = fitUsl(
      concurrencies.map((n, i) => ({ concurrency: n, perSecond: truth(n) * (off[i] ?? 1) })),
    );
    for (const [parameter, value] of [
      [fit?.lambda, 1000],
      [fit?.sigma, 0.05],
      [fit?.kappa, 0.002],
    ] as const) {
      expect(parameter?.low).toBeLessThan(value);
      expect(parameter?.high).toBeGreaterThan(value);
    }
  });

  it('keeps growth without an end at its bounds, and names no peak', () => {
    const fit = fitUsl(pointsOf((n) => 500 * n));
    expect(fit?.sigma.value).toBeCloseTo(0, 9);
    expect(fit?.kappa.value).toBeCloseTo(0, 9);
  });

  it('stays within its bounds where throughput grows faster than concurrency', () => {
    const fit = fitUsl(pointsOf((n) => 500 * n ** 1.2));
    expect(fit).toMatchObject({ sigma: { value: 0 }, kappa: { value: 0 } });
    expect(fit?.peakPerSecond).toBeUndefined();
  });

  it('takes a throughput that does not change for full contention', () => {
    const fit = fitUsl(pointsOf(() => 300));
    expect(fit?.sigma.value).toBeCloseTo(1, 6);
    expect(fit && uslThroughput(fit, 100)).toBeCloseTo(300, 3);
  });

  it('takes a throughput that falls from the start for contention and coherency', () => {
    const fit = fitUsl(pointsOf((n) => 300 / n ** 0.3));
    expect(fit?.sigma.value).toBeLessThanOrEqual(1);
    expect(fit?.kappa.value).toBeGreaterThan(0);
  });

  it('gives no interval where there are as many points as parameters', () => {
    const fit = fitUsl(pointsOf(law(1000, 0.05, 0.002)).slice(0, 3));
    expect(fit?.lambda.low).toBeUndefined();
  });

  it('says nothing about fewer than three concurrencies', () => {
    expect(fitUsl(pointsOf(law(1000, 0.05, 0)).slice(0, 2))).toBeUndefined();
  });
});
