import { expect, test } from 'vitest';
import {
  countNotUnder,
  filledBuckets,
  mergeHistograms,
  relativeBucketWidth,
} from '../../../../slo/statistics/histogram.ts';
import { histogramOf } from '../fixtures.ts';

test('a bucket at scale 4 is about 4.4 % wide', () => {
  expect((relativeBucketWidth(4) * 100).toFixed(1)).toBe('4.4');
});

test('a value lies in the bucket whose edges surround it', () => {
  const [bucket] = filledBuckets(histogramOf([100], 4));
  expect(bucket?.above).toBeLessThan(100);
  expect(bucket?.upTo).toBeGreaterThanOrEqual(100);
  expect((bucket?.upTo ?? 0) / (bucket?.above ?? 1) - 1).toBeCloseTo(relativeBucketWidth(4), 10);
});

test('merging histograms of different scales equals one histogram at the coarser scale', () => {
  const fast = [0, 0.4, 3, 17, 40];
  const slow = [900, 1_900, 260, 33];
  const merged = mergeHistograms([histogramOf(fast, 5), histogramOf(slow, 2)]);
  expect(merged).toEqual(histogramOf([...fast, ...slow], 2));
});

test('merging leaves out empty histograms, whose scale means nothing', () => {
  const some = histogramOf([10, 20], 4);
  expect(mergeHistograms([histogramOf([], 0), some])).toEqual(some);
  expect(mergeHistograms([])).toBeUndefined();
});

test('values in the bucket that holds the limit are counted as uncertain', () => {
  const histogram = histogramOf([100, 298, 302, 500], 4);
  expect(countNotUnder(histogram, 300)).toEqual({ atLeast: 1, atMost: 3 });
});

test('a limit outside the values seen is known exactly', () => {
  const histogram = histogramOf([298, 299], 4);
  expect(countNotUnder(histogram, 300)).toEqual({ atLeast: 0, atMost: 0 });
  expect(countNotUnder(histogram, 298)).toEqual({ atLeast: 2, atMost: 2 });
});
