/** Latency quantiles as text, always with the interval that sample size and bucket width allow. */
import type { Phase } from '../../profiles/types.ts';
import type { Histogram, Measurements } from '../../slo/measurements.ts';
import { mergeHistograms } from '../../slo/statistics/histogram.ts';
import { type QuantileInterval, quantileEstimate, quantileInterval } from '../../slo/statistics/quantile.ts';
import { milliseconds } from '../figures.ts';
import type { Cell } from '../types.ts';
import { cell } from './table.ts';

export interface Quantiles {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** Histograms of a phase, as its requests were tagged where they were sent. */
export function latenciesIn({ name }: Phase, { latencyByRoute }: Measurements): Histogram[] {
  return latencyByRoute.filter(({ phase }) => phase === name).map(({ histogram }) => histogram);
}

/** Quantiles of all histograms together; undefined without a sample. */
export function quantilesOf(histograms: readonly Histogram[]): Quantiles | undefined {
  const merged = mergeHistograms(histograms);
  if (merged === undefined || merged.count === 0) return undefined;
  const at = (quantile: number) => quantileEstimate(merged, quantile) ?? 0;
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

/** Three cells, p50, p95 and p99, each with its interval beneath. */
export function quantileCells(histograms: readonly Histogram[]): Cell[] {
  const merged = mergeHistograms(histograms);
  return [0.5, 0.95, 0.99].map((quantile) => {
    const interval = merged && quantileInterval(merged, quantile);
    return interval === undefined ? cell('–') : cell(milliseconds(interval.estimateMs), rangeText(interval));
  });
}

function rangeText({ lowMs, highMs }: QuantileInterval): string {
  // A sample too small for an upper rank bounds the quantile from below only.
  if (highMs === undefined) return `≥ ${milliseconds(lowMs)}`;
  const [low, high] = [milliseconds(lowMs), milliseconds(highMs)];
  return low === high ? '' : `${low} – ${high}`;
}
