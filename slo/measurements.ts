/**
 * What was seen during a run, aggregated from the run folder's log: the evaluator's only input
 * beside objectives and plan. Rows are sparse; seconds count from the plan's start.
 */
import type { RouteKey } from '../scenarios/model.ts';

/**
 * The class a request fell in. Good ones: the smallest declared limit (in ms) that it kept, as decimal
 * text; `slow` if it kept none of them; `ok` where no limit is declared. Bad ones: `fallback` if a stand-in
 * answered for the service (good for the caller, bad for the service); `error` for a broken contract.
 */
export type Outcome = string;

export interface RequestRow {
  readonly second: number;
  readonly service: string;
  readonly route: RouteKey;
  readonly phase: string;
  readonly outcome: Outcome;
  readonly count: number;
}

export interface JourneyRow {
  readonly second: number;
  readonly journey: string;
  readonly phase: string;
  readonly outcome: Outcome;
  readonly count: number;
}

/** Iterations that found no free VU: customers who got nothing. */
export interface DropRow {
  readonly second: number;
  readonly scenario: string;
  readonly phase: string;
  readonly count: number;
}

export interface ProbeRow {
  readonly second: number;
  readonly service: string;
  readonly ok: boolean;
  readonly latencyMs: number;
  /** Cause of a failure in a few words. */
  readonly cause?: string;
}

export interface ReadingRow {
  readonly second: number;
  readonly reading: string;
  readonly value: number;
  /** Census readings of an audit after the load belong to no phase. */
  readonly phase?: string;
}

/** Base-2 exponential histogram, as in OTLP: bucket i counts (base^(offset+i), base^(offset+i+1)], base = 2^(2^-scale). */
export interface Histogram {
  readonly scale: number;
  readonly count: number;
  readonly zeroCount: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly offset: number;
  readonly buckets: readonly number[];
}

export interface LatencyByRoute {
  readonly service: string;
  readonly route: RouteKey;
  readonly phase: string;
  /** Response times in ms. */
  readonly histogram: Histogram;
}

export interface LatencyBySecond {
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

/** One metric's total as it arrived and as the generator's own summary states it. */
export interface Reconciliation {
  readonly metric: string;
  readonly arrived: number;
  readonly summary: number;
}

export type RunEnd = 'finished' | 'stopped-at-failure' | 'interrupted' | 'generator-failed' | 'killed';

export interface Measurements {
  readonly version: 1;
  /** Wall-clock time of second 0, ms since the epoch; undefined if no iteration started. */
  readonly startedAtMs?: number;
  /** Seconds of the plan that were measured. */
  readonly measuredSeconds: number;
  readonly end: RunEnd;
  /** Why this is only a part: truncated log, reconciliation gap, overflow sets, interruption. Empty if complete. */
  readonly partial: readonly string[];
  readonly requests: readonly RequestRow[];
  readonly journeys: readonly JourneyRow[];
  readonly drops: readonly DropRow[];
  readonly probes: readonly ProbeRow[];
  readonly readings: readonly ReadingRow[];
  readonly latencyByRoute: readonly LatencyByRoute[];
  readonly latencyBySecond: readonly LatencyBySecond[];
  readonly generator: readonly GeneratorRow[];
  readonly reconciliation: readonly Reconciliation[];
  /** Data points that lost their labels to a cardinality limit. */
  readonly overflowPoints: number;
}
