/**
 * Blocks in a row may be alike: an autoscaler that added a replica changes the latency of all blocks until it
 * takes it away. A rank test that takes them as independent is too sure; its evidence is divided by the design
 * effect of the series, as for shares of dependent events.
 */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Shift } from '../statistics/hodges-lehmann.ts';
import { autocovariance, automaticLongRunVariance } from '../statistics/long-run-variance.ts';
import { midranks } from '../statistics/ranks.ts';

/** By how much dependence inflates the variance of a comparison of two series, seen in their ranks; at least 1. */
export function designEffectOf(base: readonly number[], candidate: readonly number[]): number {
  const ranks = midranks([...base, ...candidate]);
  const parts = [ranks.slice(0, base.length), ranks.slice(base.length)].map(varianceOfMean);
  const independent = parts.reduce((sum, part) => sum + part.independent, 0);
  const dependent = parts.reduce((sum, part) => sum + part.dependent, 0);
  return independent > 0 ? Math.max(1, dependent / independent) : 1;
}

function varianceOfMean(values: readonly number[]): { independent: number; dependent: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = Float64Array.from(values, (value) => value - mean);
  return {
    independent: autocovariance(centred, 0) / values.length,
    dependent: automaticLongRunVariance(centred).variance / values.length,
  };
}

/** A one-sided p-value on so much less evidence: its normal quantile divided by √(design effect). */
export function weakened(pValue: number, designEffect: number): number {
  if (pValue <= 0 || pValue >= 1) return pValue;
  return normalCdf(normalQuantile(pValue, 0, 1) / Math.sqrt(designEffect), 0, 1);
}

/** An interval on so much less evidence: each half wider by √(design effect). */
export function widened({ shift, low, high }: Shift, designEffect: number): Shift {
  const factor = Math.sqrt(designEffect);
  return { shift, low: shift - (shift - low) * factor, high: shift + (high - shift) * factor };
}
