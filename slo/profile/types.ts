/** What `peakproof profile` found out about one service. Saved as profile.json; raise the version when it changes. */
import type { Problem } from '../../scenarios/problem.ts';
import type { UslFit } from '../statistics/usl.ts';
import type { Estimate } from './estimate.ts';
import type { NodeFacts } from './node.ts';

export type { Estimate } from './estimate.ts';

export const profileVersion = 1;

/** What was profiled. */
export interface Subject {
  /** Names the service in files and comparisons. */
  readonly name: string;
  readonly kind: 'sandbox' | 'url' | 'process' | 'command';
  readonly url: string;
}

export interface RouteShare {
  readonly route: string;
  /** Share of the requests, 0 to 1. */
  readonly share: number;
}

export interface MixFacts {
  /** Where the requests come from, in a few words. */
  readonly source: string;
  readonly routes: readonly RouteShare[];
  /** Two mixes with one fingerprint asked the same. */
  readonly fingerprint: string;
}

/** One number of connections in a closed loop. */
export interface CapacityStep {
  readonly connections: number;
  readonly perSecond: Estimate;
  readonly blocks: readonly number[];
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Answers that nobody expected, and requests without an answer. */
  readonly failedShare: number;
  readonly generatorBusyShare: number;
}

export interface Capacity {
  readonly steps: readonly CapacityStep[];
  /** Measured once more at the connections chosen, so that the best of many steps does not flatter it. */
  readonly confirmed: CapacityStep;
  /** The generator was busy all the time: the service can do at least this. */
  readonly isLowerBound: boolean;
  /** Concurrency from which on more of it only makes requests wait (asymptotic bounds: capacity / throughput at one). */
  readonly kneeConnections: number;
  /** Undefined where there were too few steps for it. */
  readonly usl?: UslFit;
}

/** What limits the word of a run at a constant rate. */
export type RateCaveat = 'generator-saturated' | 'arrivals-dropped' | 'incomplete' | 'uncorrected';

/** Latency at one constant arrival rate. */
export interface RateRun {
  /** Share of the capacity; undefined for a rate that was asked for. */
  readonly share?: number;
  readonly ratePerSecond: number;
  readonly achievedPerSecond: number;
  readonly requests: number;
  readonly failed: number;
  readonly dropped: number;
  readonly latencyMs: {
    readonly p50: Estimate;
    readonly p95: Estimate;
    readonly p99: Estimate;
    readonly max: number;
  };
  readonly cores?: Estimate;
  /** Mean share of the machine's processors in use, the generator's too. */
  readonly machineBusyShare?: number;
  readonly caveats: readonly RateCaveat[];
}

/** What comes to the service at the peak. */
export interface Peak {
  readonly multiplier: number;
  readonly ratePerSecond: number;
  /** Where the rate comes from, in a few words. */
  readonly source: string;
}

/** What the service needs then. */
export interface Demand extends Peak {
  /** How busy a replica may be at the peak, 0 to 1. */
  readonly utilisation: number;
  readonly replicas: number;
  /** With the capacity's lower bound. */
  readonly replicasAtMost?: number;
}

export interface CpuFacts {
  /** Whole process by the system's accounts, or one thread by how long its event loop was busy. */
  readonly of: 'process' | 'event-loop';
  readonly msPerRequest?: Estimate;
  readonly memoryMb?: number;
}

/** One figure of two profiles. */
export interface Change {
  readonly figure: string;
  readonly unit: 'requests/s' | 'ms' | 'bytes';
  readonly before: Estimate;
  readonly after: Estimate;
  /** After / before; without a bound that is infinite. */
  readonly ratio: Estimate;
  /** `uncertain`: the intervals allow for both a change that matters and none. */
  readonly outcome: 'better' | 'worse' | 'same' | 'uncertain';
}

export interface ProfileComparison {
  readonly baselineAtMs: number;
  /** Smaller relative changes count as none. */
  readonly leastChange: number;
  /** What differs beside the service itself. */
  readonly warnings: readonly string[];
  readonly figures: readonly Change[];
  /** Functions whose own time per request has changed for certain, the largest change first. */
  readonly functions: readonly Change[];
}

export interface ServiceProfile {
  readonly version: typeof profileVersion;
  readonly peakproof: string;
  readonly subject: Subject;
  readonly createdAtMs: number;
  readonly durationSeconds: number;
  readonly host: string;
  /** False if it was interrupted or something broke. */
  readonly complete: boolean;
  /** What measured latency at a rate. */
  readonly rateEngine: 'k6' | 'autocannon';
  readonly mix: MixFacts;
  readonly capacity?: Capacity;
  readonly rates: readonly RateRun[];
  readonly demand?: Demand;
  readonly cpu?: CpuFacts;
  readonly node?: NodeFacts;
  /** Against the last profile of the same service, if it was asked for. */
  readonly comparison?: ProfileComparison;
  /** What a reader has to know to judge the figures. */
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
}
