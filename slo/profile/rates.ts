/** A run at a constant rate, judged: what its figures say and what limits their word. */
import type { Histogram } from '../measurements.ts';
import { interpolatedQuantile } from '../statistics/interpolated-quantile.ts';
import { quantileInterval } from '../statistics/quantile.ts';
import type { Capacity, Estimate, RateCaveat, RateRun } from './types.ts';

/** Shares of the capacity at which latency is taken. */
const rateShares = [0.25, 0.5, 0.75, 0.9] as const;
/** The one whose inside is looked at: busy, but not yet queueing. */
const steadyShare = 0.75;

export interface AskedRate {
  readonly ratePerSecond: number;
  /** Share of the capacity; undefined for a rate that was asked for. */
  readonly share?: number;
}

export function usualRates({ confirmed }: Capacity): AskedRate[] {
  return rateShares.map((share) => ({ share, ratePerSecond: share * confirmed.perSecond.value }));
}

/** A first run that came to less was too much for the generator: the service bears four times as much. */
const leastOfFirst = 0.9;

/**
 * Rates that a generator can send that could not even send the first one; undefined if it could. A closed loop
 * finds capacities that no open one on the same machine can offer.
 */
export function lesserRates({ confirmed }: Capacity, first: RateRun): AskedRate[] | undefined {
  if (first.achievedPerSecond >= first.ratePerSecond * leastOfFirst) return undefined;
  return [0.25, 0.6].map((part) => {
    const ratePerSecond = part * first.achievedPerSecond;
    return { share: ratePerSecond / confirmed.perSecond.value, ratePerSecond };
  });
}

/** The run whose inside is looked at: of those that can be trusted the busiest one up to 75 % of the capacity. */
export function steadyRun(runs: readonly RateRun[], { confirmed }: Capacity): RateRun | undefined {
  const most = steadyShare * confirmed.perSecond.value * 1.1;
  const borne = runs.filter(({ ratePerSecond }) => ratePerSecond <= most);
  const sound = borne.filter(({ caveats }) => caveats.every((caveat) => caveat === 'uncorrected'));
  const busiestFirst = [...(sound.length > 0 ? sound : borne.length > 0 ? borne : runs)].sort(
    (a, b) => b.ratePerSecond - a.ratePerSecond,
  );
  return busiestFirst[0];
}

/**
 * The run that tells what a request costs: the last one without a saturated machine, on which an event loop that
 * waits for a processor counts as busy; else the last one.
 */
export function costRun(runs: readonly RateRun[]): RateRun | undefined {
  const told = runs.filter(({ cores }) => cores !== undefined);
  return told.findLast(({ caveats }) => !caveats.includes('generator-saturated')) ?? told.at(-1);
}

export interface RateMeasurement {
  /** Response times in ms. */
  readonly histogram?: Histogram;
  readonly seconds: number;
  readonly requests: number;
  readonly failed: number;
  /** Arrivals that found no free virtual user, in requests. */
  readonly dropped: number;
  /** Share of the planned arrivals that were begun or dropped: less than all if the generator was too slow. */
  readonly arrivedShare: number;
  /** Mean share of the machine's processors in use, 0 to 1; undefined where the machine does not tell. */
  readonly machineBusyShare?: number;
  /** False if fewer figures arrived than the generator says it sent. */
  readonly isComplete: boolean;
  /** True of a generator that waits for answers. */
  readonly isUncorrected: boolean;
  /** Cores that the service used meanwhile. */
  readonly cores?: Estimate;
}

/** From here on nobody had a processor to spare: what k6 timed may be its own waiting. */
const saturatedMachine = 0.95;
/** A generator that begins less than this of what it was asked for was too slow itself. */
const leastArrived = 0.97;

export function rateRunOf(asked: AskedRate, measured: RateMeasurement): RateRun {
  const achievedPerSecond = measured.requests / measured.seconds;
  return {
    ...asked,
    achievedPerSecond,
    requests: measured.requests,
    failed: measured.failed,
    dropped: measured.dropped,
    latencyMs: {
      p50: quantileOf(measured.histogram, 0.5),
      p95: quantileOf(measured.histogram, 0.95),
      p99: quantileOf(measured.histogram, 0.99),
      max: measured.histogram?.max ?? Number.NaN,
    },
    ...(measured.cores === undefined ? {} : { cores: measured.cores }),
    ...(measured.machineBusyShare === undefined ? {} : { machineBusyShare: measured.machineBusyShare }),
    caveats: caveatsOf(measured),
  };
}

function caveatsOf(measured: RateMeasurement): RateCaveat[] {
  const { dropped, machineBusyShare = 0, arrivedShare } = measured;
  const isSaturated = machineBusyShare >= saturatedMachine || arrivedShare < leastArrived;
  return [
    ...(isSaturated ? (['generator-saturated'] as const) : []),
    ...(dropped > 0 ? (['arrivals-dropped'] as const) : []),
    ...(measured.isComplete ? [] : (['incomplete'] as const)),
    ...(measured.isUncorrected ? (['uncorrected'] as const) : []),
  ];
}

/** Order-statistic interval, widened by the bucket; without an upper bound where the sample is too small for one. */
function quantileOf(histogram: Histogram | undefined, quantile: number): Estimate {
  const value = histogram && interpolatedQuantile(histogram, quantile);
  const interval = histogram && quantileInterval(histogram, quantile, 0.975);
  if (value === undefined || interval === undefined) return { value: Number.NaN };
  return {
    value,
    low: interval.lowMs,
    ...(interval.highMs === undefined ? {} : { high: interval.highMs }),
  };
}
