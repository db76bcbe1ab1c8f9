import type { Histogram } from '../measurements.ts';
import { countNotUnder } from '../statistics/histogram.ts';
import type { Counts } from './measure.ts';

/**
 * A limit that was not counted at the source is read from the histogram; the bucket that holds it stays uncertain.
 * @param failed events that are bad however fast they were.
 */
export function narrow(
  counts: Counts,
  failed: number,
  underMs: number,
  histogram: Histogram | undefined,
): Counts {
  if (histogram === undefined || histogram.count < counts.total) return counts;
  const { atLeast, atMost } = countNotUnder(histogram, underMs);
  const bad = Math.min(Math.max(counts.bad, atLeast), counts.total);
  const badAtMost = Math.min(counts.bad + counts.uncertain, failed + atMost);
  return { ...counts, bad, uncertain: Math.max(0, badAtMost - bad) };
}
