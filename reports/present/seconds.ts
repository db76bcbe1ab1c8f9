/** The run as one point a second, and as fewer points where it was long. */
import { iterationsBetween } from '../../profiles/arrival.ts';
import type { LoadPlan, Phase } from '../../profiles/types.ts';
import type { Histogram, Measurements } from '../../slo/measurements.ts';
import type { TimelinePoint } from '../types.ts';
import { quantilesOf } from './latency.ts';

/** More points than this say nothing more on a screen, and make the file heavy. */
export const mostPoints = 600;

/** One point for each measured second. */
export function pointsBySecond(plan: LoadPlan, measurements: Measurements): TimelinePoint[] {
  const length = Math.ceil(measurements.measuredSeconds);
  const sums = Array.from({ length }, () => ({ achieved: 0, errors: 0, fallbacks: 0, dropped: 0 }));
  for (const row of measurements.requests) {
    const sum = sums[row.second];
    if (sum === undefined) continue;
    sum.achieved += row.count;
    if (row.outcome === 'error') sum.errors += row.count;
    if (row.outcome === 'fallback') sum.fallbacks += row.count;
  }
  for (const row of measurements.drops) {
    const sum = sums[row.second];
    if (sum !== undefined) sum.dropped += row.count;
  }
  const histograms = histogramsBySecond(measurements);
  return sums.map(({ achieved, ...bad }, second) => ({
    second,
    multiplier: multiplierAt(plan.phases, second + 0.5),
    plannedPerSecond: plannedRequests(plan, second, second + 1),
    achievedPerSecond: achieved,
    ...quantilesOf(histograms.get(second) ?? []),
    ...bad,
  }));
}

function histogramsBySecond(measurements: Measurements): Map<number, Histogram[]> {
  const bySecond = new Map<number, Histogram[]>();
  for (const { second, histogram } of measurements.latencyBySecond) {
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
 * At most `mostPoints` points: rates become means, counts sums, and latency the worst second's value, because
 * a mean of percentiles is no percentile and a short stall must stay visible.
 */
export function downsample(points: readonly TimelinePoint[]): {
  points: readonly TimelinePoint[];
  secondsPerPoint: number;
} {
  const secondsPerPoint = Math.max(1, Math.ceil(points.length / mostPoints));
  if (secondsPerPoint === 1) return { points, secondsPerPoint };
  const starts = Array.from(
    { length: Math.ceil(points.length / secondsPerPoint) },
    (_, i) => i * secondsPerPoint,
  );
  return {
    points: starts.map((start) => aggregate(points.slice(start, start + secondsPerPoint))),
    secondsPerPoint,
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
