/** What grows while the load stands still: memory, latency and errors over a long hold phase. */
import type { LoadPlan, Phase } from '../../profiles/types.ts';
import type { Measurements } from '../measurements.ts';
import { changePoints } from '../statistics/change-point.ts';
import { mannKendall } from '../statistics/mann-kendall.ts';
import { type Trend as Slope, theilSen } from '../statistics/theil-sen.ts';
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

/** Trends of every hold phase that is long enough; empty if there is none. */
export function findTrends(plan: LoadPlan, measurements: Measurements): Trend[] {
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
  return found.flatMap(({ phase, series }, index) => {
    const slope = theilSen(series.seconds, series.values);
    if (slope === undefined) return [];
    const random = parkMiller(plan.seed + index);
    return [trendOf(phase, series, slope, { pValue: adjusted[index] ?? 1, tests: found.length, random })];
  });
}

interface Tests {
  readonly pValue: number;
  readonly tests: number;
  readonly random: () => number;
}

function trendOf(phase: Phase, series: TimeSeries, slope: Slope, { pValue, tests, random }: Tests): Trend {
  const { subject, service, seconds, limit } = series;
  const [fromSecond, toSecond] = [seconds[0] ?? 0, seconds.at(-1) ?? 0];
  const at = (second: number) => slope.intercept + slope.slope * second;
  const direction = pValue <= significance ? directionOf(series, slope, toSecond - fromSecond) : 'steady';
  const remaining = limit === undefined ? Number.NaN : (limit - at(toSecond)) / slope.slope;
  return {
    subject,
    service,
    phase: phase.name,
    fromSecond,
    toSecond,
    start: at(fromSecond),
    end: at(toSecond),
    perMinute: slope.slope * 60,
    low: slope.low * 60,
    high: slope.high * 60,
    pValue,
    direction,
    steps: direction === 'steady' ? stepsOf(series, significance / tests, random) : [],
    ...(limit === undefined ? {} : { limit }),
    ...(direction === 'rises' && remaining > 0 ? { secondsToLimit: remaining } : {}),
  };
}

/** A cache that fills up rises too, and levels off: a trend still goes on in the second half. */
function directionOf(series: TimeSeries, { slope, low, high }: Slope, span: number): Trend['direction'] {
  const half = Math.floor(series.values.length / 2);
  const later = theilSen(series.seconds.slice(half), series.values.slice(half))?.slope ?? 0;
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
