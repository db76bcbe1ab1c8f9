/** The run as one point a second, and as fewer points where it was long. */
import { iterationsBetween } from '../../profiles/arrival.ts';
import type { LoadPlan, Phase } from '../../profiles/types.ts';
import type { Histogram, Measurements, SecondCounts } from '../../slo/measurements.ts';
import type { TimelinePoint } from '../types.ts';
import { quantilesOf } from './latency.ts';

/** More points than this say nothing more on a screen, and make the file heavy. */
export const mostPoints = 600;

/** One point for each slice of measured time: a second, or what one latency slice covers. */
export function pointsBySlice(plan: LoadPlan, measurements: Measurements): TimelinePoint[] {
  const { sliceSeconds, measuredSeconds, requests, drops } = measurements;
  const length = Math.ceil(measuredSeconds / sliceSeconds);
  const sum = (columns: readonly SecondCounts[]) => sumBySlice(columns, length, sliceSeconds);
  const achieved = sum(requests);
  const errors = sum(requests.filter(({ outcome }) => outcome === 'error'));
  const fallbacks = sum(requests.filter(({ outcome }) => outcome === 'fallback'));
  const dropped = sum(drops);
  const histograms = histogramsBySlice(measurements);
  return Array.from({ length }, (_, slice) => {
    const second = slice * sliceSeconds;
    return {
      second,
      multiplier: multiplierAt(plan.phases, second + sliceSeconds / 2),
      plannedPerSecond: plannedRequests(plan, second, second + sliceSeconds) / sliceSeconds,
      achievedPerSecond: (achieved[slice] ?? 0) / sliceSeconds,
      ...quantilesOf(histograms.get(second) ?? []),
      errors: errors[slice] ?? 0,
      fallbacks: fallbacks[slice] ?? 0,
      dropped: dropped[slice] ?? 0,
    };
  });
}

function sumBySlice(columns: readonly SecondCounts[], length: number, sliceSeconds: number): Float64Array {
  const sums = new Float64Array(length);
  for (const { from, counts } of columns) {
    for (let i = 0; i < counts.length; i++) {
      const slice = Math.floor((from + i) / sliceSeconds);
      if (slice < length) sums[slice] = (sums[slice] as number) + (counts[i] as number);
    }
  }
  return sums;
}

function histogramsBySlice({ latencySlices }: Measurements): Map<number, Histogram[]> {
  const bySecond = new Map<number, Histogram[]>();
  for (const { second, histogram } of latencySlices) {
    const list = bySecond.get(second);
    if (list === undefined) bySecond.set(second, [histogram]);
    else list.push(histogram);
  }
  return bySecond;
}

/** Requests that the plan starts between two seconds. */
export function plannedRequests(plan: LoadPlan, fromSecond: number, toSecond: number): number {
  return plan.scenarios.reduce((sum, scenario) => {
    const perIteration = Object.values(scenario.requestsPerIteration).reduce((a, b) => a + b, 0);
    return sum + iterationsBetween(scenario.arrival, fromSecond, toSecond) * perIteration;
  }, 0);
}

/** Multiple of normal load at a moment; after the plan's end, 0. */
function multiplierAt(phases: readonly Phase[], second: number): number {
  const phase = phases.find((item) => item.startSecond <= second && second < item.endSecond);
  if (phase === undefined) return 0;
  const share = (second - phase.startSecond) / (phase.endSecond - phase.startSecond);
  return phase.fromMultiplier + share * (phase.toMultiplier - phase.fromMultiplier);
}

export function phaseNameAt(phases: readonly Phase[], second: number): string {
  return (
    phases.find((item) => item.startSecond <= second && second < item.endSecond)?.name ?? 'after the plan'
  );
}

/**
 * At most `mostPoints` points: rates become means, counts sums, and latency the worst slice's value, because
 * a mean of percentiles is no percentile and a short stall must stay visible.
 */
export function downsample(points: readonly TimelinePoint[]): {
  readonly points: readonly TimelinePoint[];
  readonly slicesPerPoint: number;
} {
  const slicesPerPoint = Math.max(1, Math.ceil(points.length / mostPoints));
  if (slicesPerPoint === 1) return { points, slicesPerPoint };
  const starts = Array.from(
    { length: Math.ceil(points.length / slicesPerPoint) },
    (_, i) => i * slicesPerPoint,
  );
  return {
    points: starts.map((start) => aggregate(points.slice(start, start + slicesPerPoint))),
    slicesPerPoint,
  };
}

function aggregate(points: readonly TimelinePoint[]): TimelinePoint {
  const total = (key: 'errors' | 'fallbacks' | 'dropped') => points.reduce((sum, p) => sum + p[key], 0);
  const mean = (key: 'multiplier' | 'plannedPerSecond' | 'achievedPerSecond') =>
    points.reduce((sum, p) => sum + p[key], 0) / points.length;
  const worst = (key: 'p50Ms' | 'p95Ms' | 'p99Ms') => {
    const values = points.map((p) => p[key]).filter((value) => value !== undefined);
    return values.length === 0 ? {} : { [key]: Math.max(...values) };
  };
  return {
    second: points[0]?.second ?? 0,
    multiplier: mean('multiplier'),
    plannedPerSecond: mean('plannedPerSecond'),
    achievedPerSecond: mean('achievedPerSecond'),
    ...worst('p50Ms'),
    ...worst('p95Ms'),
    ...worst('p99Ms'),
    errors: total('errors'),
    fallbacks: total('fallbacks'),
    dropped: total('dropped'),
  };
}
