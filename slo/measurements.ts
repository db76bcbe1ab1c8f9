/**
 * What was seen during a run, aggregated from the run folder's log: the evaluator's only input
 * beside objectives and plan. Counts are columns, one a label set, so that a day of a hundred routes
 * is some megabytes; seconds count from the plan's start.
 */
import type { PlannedFault } from '../profiles/faults.ts';
import type { RouteKey } from '../scenarios/model.ts';
import type { LedgerResult } from './ledger/result.ts';
import type { PageMeasurements } from './pages/types.ts';
import type { Histogram } from './statistics/histogram-data.ts';
import type { SeriesSource } from './types.ts';

export type { Histogram } from './statistics/histogram-data.ts';

/**
 * The class a request fell in. Good ones: the smallest declared limit (in ms) that it kept, as decimal
 * text; `slow` if it kept none of them; `ok` where no limit is declared. Bad ones: `fallback` if a stand-in
 * answered for the service (good for the caller, bad for the service); `error` for a broken contract.
 */
export type Outcome = string;

/** One figure a second: `counts[i]` belongs to second `from + i`. Seconds outside counted nothing. */
export interface SecondCounts {
  readonly from: number;
  readonly counts: ArrayLike<number>;
}

export interface RequestSeries extends SecondCounts {
  readonly service: string;
  readonly route: RouteKey;
  readonly phase: string;
  readonly outcome: Outcome;
}

export interface JourneySeries extends SecondCounts {
  readonly journey: string;
  readonly phase: string;
  readonly outcome: Outcome;
}

/** Iterations that found no free VU: customers who got nothing. */
export interface DropSeries extends SecondCounts {
  readonly scenario: string;
  readonly phase: string;
}

/** What a second's probe of a service found. A second with several counts as its worst one. */
export const probeStates = { none: 0, good: 1, bad: 2 } as const;

export interface ProbeSeries {
  readonly service: string;
  /** A `probeStates` value for each second from 0 on. */
  readonly states: ArrayLike<number>;
  /** Why probes failed, in a few words, with how often. */
  readonly causes: readonly { readonly cause: string; readonly count: number }[];
}

export interface ReadingRow {
  readonly second: number;
  readonly reading: string;
  readonly value: number;
  /** What was read is not exact: the true figure lies between `value` and this. */
  readonly upTo?: number;
  /** Census readings of an audit after the load belong to no phase. */
  readonly phase?: string;
}

/** What a metrics backend answered to one query: what the servers say, beside what the client saw. */
export interface MetricSeries {
  readonly source: SeriesSource;
  readonly query: string;
  /** Second of the plan that `values[0]` was asked for; each further value is a step later. */
  readonly fromSecond: number;
  readonly stepSeconds: number;
  /** `null` where the backend had no number. They go on a little after the load, as scraping lags behind it. */
  readonly values: readonly (number | null)[];
  /** Why there is no answer that could be used, in words; `values` is empty then. */
  readonly problem?: string;
}

export interface LatencyByRoute {
  readonly service: string;
  readonly route: RouteKey;
  readonly phase: string;
  /** Response times in ms. */
  readonly histogram: Histogram;
}

export interface LatencyByJourney {
  readonly journey: string;
  readonly phase: string;
  /** Sum of the response times of each journey, in ms. */
  readonly histogram: Histogram;
}

export interface LatencySlice {
  /** The slice's first second; it is `Measurements.sliceSeconds` long. */
  readonly second: number;
  readonly service: string;
  readonly histogram: Histogram;
}

export interface GeneratorRow {
  readonly second: number;
  /** CPU seconds used per second of wall time. */
  readonly k6Cores?: number;
  readonly runnerCores?: number;
  /** Busy share of the whole machine, 0 to 1. */
  readonly machineBusyShare?: number;
  readonly k6MemoryMb?: number;
  readonly vusInUse?: number;
  readonly eventLoopDelayMs?: number;
}

/** How many replicas a service had: `counts[i]` in second `i`, `null` where it did not tell. */
export interface ReplicaSeries {
  readonly service: string;
  readonly counts: readonly (number | null)[];
}

/** What became of one planned fault. Seconds are fractional; a step that never came is absent. */
export interface DrillRow {
  readonly fault: PlannedFault;
  readonly driver: string;
  /** The last inject action was done. */
  readonly injectedSecond?: number;
  /** A probe first saw the fault. Without it the drill proves nothing. */
  readonly tookEffectSecond?: number;
  /** The first roll-back action began, and the last one was done. */
  readonly rollBackSecond?: number;
  readonly rolledBackSecond?: number;
  /** The system was first seen as before. */
  readonly steadySecond?: number;
  /** Why a step failed, in words; one each. */
  readonly problems: readonly string[];
}

/** One metric's total as it arrived and as the generator's own summary states it. */
export interface Reconciliation {
  readonly metric: string;
  readonly arrived: number;
  readonly summary: number;
}

export type RunEnd =
  | 'finished'
  | 'stopped-at-failure'
  | 'stopped-when-decided'
  | 'interrupted'
  /** More broke than tolerated, faults could not be supervised any longer, or the stand-in ended. */
  | 'aborted'
  | 'generator-failed'
  | 'killed';

export interface Measurements {
  readonly version: 1;
  /** Wall-clock time of second 0, ms since the epoch; undefined if no iteration started. */
  readonly startedAtMs?: number;
  /** Seconds of the plan that were measured. */
  readonly measuredSeconds: number;
  /**
   * How much later than the plan's seconds those of the load begin, −0.5 to 0.5: an export ends when it ends. Drills and
   * probes have the plan's own clock. 0 if absent.
   */
  readonly sliceOffsetSeconds?: number;
  readonly end: RunEnd;
  /** Why this is only a part: truncated log, reconciliation gap, overflow sets, interruption. Empty if complete. */
  readonly partial: readonly string[];
  readonly requests: readonly RequestSeries[];
  readonly journeys: readonly JourneySeries[];
  readonly drops: readonly DropSeries[];
  readonly probes: readonly ProbeSeries[];
  readonly readings: readonly ReadingRow[];
  /** One for each distinct query of the objectives; empty while the load goes on. */
  readonly series: readonly MetricSeries[];
  readonly latencyByRoute: readonly LatencyByRoute[];
  readonly latencyByJourney: readonly LatencyByJourney[];
  /** Seconds that one latency slice covers: 1, and more where a run is so long that nobody could look at each. */
  readonly sliceSeconds: number;
  readonly latencySlices: readonly LatencySlice[];
  readonly generator: readonly GeneratorRow[];
  /** One for each fault of the plan that was begun; empty if nothing was broken on purpose. */
  readonly drills: readonly DrillRow[];
  /** One for each ledger that was read back after the load. */
  readonly ledgers: readonly LedgerResult[];
  /** Of services that told; absent if none did, or nobody asked. */
  readonly replicas?: readonly ReplicaSeries[];
  /** What browsers told; absent if none did and none was to. */
  readonly pages?: PageMeasurements;
  readonly reconciliation: readonly Reconciliation[];
  /** Data points that lost their labels to a cardinality limit. */
  readonly overflowPoints: number;
}
