/** What grows while the load stands still: memory, latency and errors over a long hold phase. */
import type { LoadPlan, Phase } from '../../profiles/types.ts';
import type { Measurements } from '../measurements.ts';
import { changePoints } from '../statistics/change-point.ts';
import { mannKendall } from '../statistics/mann-kendall.ts';
import { medianSlope, type Trend as Slope, theilSen } from '../statistics/theil-sen.ts';
import { median } from './median.ts';
import { holmAdjusted, significance } from './tests.ts';
import { seriesOf, stepSecondsFor, type TimeSeries } from './trend-series.ts';

/** Shorter holds show a warm-up, not a trend. */
export const shortestTrendSeconds = 60;
/** Fewer points than this cannot show a trend. */
const fewestPoints = 10;

export interface Step {
  /** Seconds of the plan. */
  readonly second: number;
  readonly before: number;
  readonly after: number;
}

/** One figure over one phase, in its unit: MB, ms, or a share of bad events. */
export interface Trend extends Pick<TimeSeries, 'subject' | 'service'> {
  readonly phase: string;
  readonly fromSecond: number;
  readonly toSecond: number;
  /** On the fitted line, at the ends of the phase. */
  readonly start: number;
  readonly end: number;
  /** Theil–Sen, with its two-sided 95 % interval. */
  readonly perMinute: number;
  readonly low: number;
  readonly high: number;
  /** Mann–Kendall, two-sided, adjusted for all series of the run (Holm). */
  readonly pValue: number;
  readonly direction: 'rises' | 'falls' | 'steady';
  /** Where it changed its level, if it has no trend. */
  readonly steps: readonly Step[];
  readonly limit?: number;
  /** From the end of the phase on, at this slope. */
  readonly secondsToLimit?: number;
}

/** How much a figure must have changed over a phase to matter: relative to its level, and in its own unit. */
const leastRise = {
  memory: { share: 0.05, own: 1 },
  latency: { share: 0.1, own: 2 },
  errors: { share: 0, own: 0.001 },
} as const;

export interface Trends {
  /** How many series were looked at: p-values are adjusted for all of them. */
  readonly seriesCount: number;
  /** Those that move, and memory whether it moves or not. */
  readonly trends: readonly Trend[];
}

/** Trends of every hold phase that is long enough. */
export function findTrends(plan: LoadPlan, measurements: Measurements): Trends {
  const phases = plan.phases.filter(
    ({ kind, role, startSecond, endSecond }) =>
      kind === 'hold' &&
      role !== 'warm-up' &&
      Math.min(endSecond, measurements.measuredSeconds) - startSecond >= shortestTrendSeconds,
  );
  const found = phases.flatMap((phase) =>
    seriesOf(plan, measurements, phase, stepSecondsFor(phase, measurements.sliceSeconds))
      .filter(({ values }) => values.length >= fewestPoints)
      .map((series) => ({ phase, series })),
  );
  const adjusted = holmAdjusted(found.map(({ series }) => mannKendall(series.values)?.pTwoSided ?? 1));
  const trends = found.flatMap(({ phase, series }, index) => {
    const random = parkMiller(plan.seed + index);
    const tests = { pValue: adjusted[index] ?? 1, tests: found.length, random };
    return trendOf(phase, series, tests) ?? [];
  });
  return { seriesCount: found.length, trends };
}

interface Tests {
  readonly pValue: number;
  readonly tests: number;
  readonly random: () => number;
}

/** Fits a slope only where it is told: a long run has hundreds of series, and most stand still. */
function trendOf(phase: Phase, series: TimeSeries, { pValue, tests, random }: Tests): Trend | undefined {
  const { subject, seconds, values } = series;
  const isSure = pValue <= significance;
  const early = isSure || subject === 'memory' ? theilSen(seconds, values) : undefined;
  const direction = isSure && early ? directionOf(series, early) : 'steady';
  const steps = direction === 'steady' ? stepsOf(series, significance / tests, random) : [];
  if (direction === 'steady' && steps.length === 0 && subject !== 'memory') return undefined;
  const slope = early ?? theilSen(seconds, values);
  return slope && { ...fitted(series, slope, direction), phase: phase.name, pValue, direction, steps };
}

function fitted(series: TimeSeries, slope: Slope, direction: Trend['direction']) {
  const { subject, service, seconds, limit } = series;
  const [fromSecond, toSecond] = [seconds[0] ?? 0, seconds.at(-1) ?? 0];
  const at = (second: number) => slope.intercept + slope.slope * second;
  const remaining = limit === undefined ? Number.NaN : (limit - at(toSecond)) / slope.slope;
  return {
    subject,
    service,
    fromSecond,
    toSecond,
    start: at(fromSecond),
    end: at(toSecond),
    perMinute: slope.slope * 60,
    low: slope.low * 60,
    high: slope.high * 60,
    ...(limit === undefined ? {} : { limit }),
    ...(direction === 'rises' && remaining > 0 ? { secondsToLimit: remaining } : {}),
  };
}

/** A cache that fills up rises too, and levels off: a trend still goes on in the second half. */
function directionOf(series: TimeSeries, { slope, low, high }: Slope): Trend['direction'] {
  const { seconds, values } = series;
  const half = Math.floor(values.length / 2);
  const span = (seconds.at(-1) ?? 0) - (seconds[0] ?? 0);
  const later = medianSlope(seconds.slice(half), values.slice(half)) ?? 0;
  const goesOn = later * slope > 0 && Math.abs(later) > Math.abs(slope) / 4;
  if (!goesOn || low * high <= 0 || !isLarge(series, slope * span)) return 'steady';
  return slope > 0 ? 'rises' : 'falls';
}

function isLarge({ subject, values }: TimeSeries, change: number): boolean {
  const { share, own } = leastRise[subject];
  return Math.abs(change) >= Math.max(own, share * Math.abs(median(values)));
}

function stepsOf(series: TimeSeries, alpha: number, random: () => number): Step[] {
  const { seconds, values } = series;
  const starts = changePoints(values, { random, alpha }).map(({ index }) => index);
  return starts.flatMap((start, index) => {
    const before = median(values.slice(starts[index - 1] ?? 0, start));
    const after = median(values.slice(start, starts[index + 1] ?? values.length));
    return isLarge(series, after - before) ? [{ second: seconds[start] ?? 0, before, after }] : [];
  });
}

/** Park and Miller's generator (1988), in (0, 1): the same run gives the same change points. */
function parkMiller(seed: number): () => number {
  const modulus = 2_147_483_647;
  let state = (Math.abs(seed) % (modulus - 1)) + 1;
  return () => {
    state = (state * 48_271) % modulus;
    return state / modulus;
  };
}
