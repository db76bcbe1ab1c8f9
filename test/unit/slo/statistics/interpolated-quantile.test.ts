import { expect, it } from 'vitest';
import { HistogramSum } from '../../../../slo/statistics/histogram-sum.ts';
import { interpolatedQuantile } from '../../../../slo/statistics/interpolated-quantile.ts';

/** Buckets of 4.4 %, as those of a second in which a server froze. */
function histogramOf(values: readonly number[], scale = 4) {
  const sum = new HistogramSum();
  for (const ms of values) {
    const offset = Math.ceil(Math.log2(ms) * 2 ** scale) - 1;
    sum.add({ scale, count: 1, zeroCount: 0, sum: ms, min: ms, max: ms, offset, buckets: [1] });
  }
  return sum.toHistogram() as NonNullable<ReturnType<HistogramSum['toHistogram']>>;
}

it('finds the quantiles of a freeze of two seconds at 200 requests/s within a percent, in buckets of 4.4 %', () => {
  // 3,000 answers in 5 ms, 400 of which waited for what was left of the freeze.
  const waits = Array.from({ length: 400 }, (_, index) => 5 + index * 5 + 5);
  const histogram = histogramOf([...Array.from({ length: 2600 }, () => 5), ...waits]);
  for (const [quantile, truth] of [
    [0.95, 1255],
    [0.99, 1855],
  ] as const) {
    expect(Math.abs((interpolatedQuantile(histogram, quantile) ?? 0) / truth - 1)).toBeLessThan(0.01);
  }
});

it('stays between the extremes seen', () => {
  const histogram = histogramOf([7, 7, 7]);
  expect(interpolatedQuantile(histogram, 0.5)).toBe(7);
  expect(interpolatedQuantile(histogram, 1)).toBe(7);
});
