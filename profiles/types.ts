/** How much load, in what shape (Profile), and the exact schedule that follows from it (LoadPlan). */

import type { Catalog, RouteKey, ScenarioTraffic, Traffic } from '../scenarios/model.ts';
import type { FaultSpec, PlannedFault } from './faults.ts';

/** A stretch of the day with one meaning. `hold` keeps one multiplier; `ramp` moves from the last to `multiplier`. */
export interface PhaseSpec {
  readonly name: string;
  readonly kind: 'hold' | 'ramp';
  readonly seconds: number;
  /** Multiple of normal load at the end of the phase; 1 is a normal day. */
  readonly multiplier: number;
}

export interface Profile {
  readonly name: string;
  readonly description: string;
  readonly phases: readonly PhaseSpec[];
  /** End the run after the first hold phase in which a blocking objective fails. */
  readonly stopAtFailure?: boolean;
  /** What is broken on purpose, and when. */
  readonly faults?: readonly FaultSpec[];
  /**
   * The day is the point, its faults come on top: they are left out where the target does not allow them, and where
   * only parts of the system are loaded.
   */
  readonly faultsWherePossible?: boolean;
  /** Let a fault begin while another one lasts. */
  readonly faultsMayOverlap?: boolean;
  /** When enough is broken: load and faults end at once. */
  readonly abort?: AbortConditions;
  /** Real browsers that load pages beside the load; none if absent. */
  readonly browsers?: number;
  /** Steps of load show how replicas follow; they are read each second. Absent in profiles that cannot tell. */
  readonly elasticity?: UnitOfWork;
}

/** What replicas are counted against: 1,000 of these. */
export interface UnitOfWork {
  /** Plural: "orders". */
  readonly noun: string;
  /** An answer of this route that keeps its contract is one unit. */
  readonly route: RouteKey;
}

/** Any of them ends the run, beside a person's own stop. */
export interface AbortConditions {
  /** More than this share of the requests of the last `overSeconds` failed or found no free VU. */
  readonly errorShare?: { readonly above: number; readonly overSeconds: number };
  /** A blocking objective certainly failed. */
  readonly atFailure?: boolean;
}

/**
 * All phases are measured. `judged` ones decide the verdict; `warm-up` ones don't, nor do those `beyond` the
 * promised multiple, which show how far the system goes.
 */
export type PhaseRole = 'warm-up' | 'judged' | 'beyond';

export interface Phase {
  readonly name: string;
  readonly kind: 'hold' | 'ramp';
  readonly startSecond: number;
  readonly endSecond: number;
  readonly fromMultiplier: number;
  readonly toMultiplier: number;
  readonly role: PhaseRole;
}

/** A point of the piecewise linear arrival rate: at `second`, iterations start `ratePerSecond` times a second. */
export interface RatePoint {
  readonly second: number;
  readonly ratePerSecond: number;
}

export interface PlannedScenario {
  readonly name: string;
  readonly kind: 'service' | 'journey';
  readonly service?: string;
  /** Piecewise linear; two points with one `second` are a step. Covers 0 to the plan's end. */
  readonly arrival: readonly RatePoint[];
  /** VUs allocated before the start; an iteration that finds none free is dropped. */
  readonly vus: number;
  readonly traffic: ScenarioTraffic;
  readonly requestsPerIteration: Readonly<Record<RouteKey, number>>;
}

/** Where a plan runs: what a target file says, without its secrets. */
export interface Environment {
  readonly name: string;
  /** Share of full-scale traffic that this environment is sized for; 0.01 is one percent. */
  readonly scale: number;
  /** Base URL per service, without a trailing slash. */
  readonly baseUrls: Readonly<Record<string, string>>;
  /** Memory that a service may use, in MB, where the target states it. */
  readonly memoryLimitsMb?: Readonly<Record<string, number>>;
  /** Where the target lets replicas be counted. */
  readonly replicas?: CountedReplicas;
}

export interface CountedReplicas {
  /** Services that tell how many replicas they have. */
  readonly services: readonly string[];
  /** What 1,000 units of work may take at most, in seconds of one replica; absent if nobody promised anything. */
  readonly budgetSecondsPer1000?: number;
}

/** What may end a run before its plan is through. Such a run is looked at every second, and judged accordingly. */
export interface EarlyEnd {
  /** When every blocking objective is decided, in the last judged hold phase. */
  readonly whenDecided: boolean;
  /** When the first blocking objective has certainly failed. */
  readonly atFailure: boolean;
}

/** Everything the generator is going to do, decided before anything is sent. Saved as plan.json. */
export interface LoadPlan {
  readonly version: 1;
  readonly suite: string;
  readonly profile: string;
  readonly description: string;
  /** True if only some services or journeys were asked for: system-wide promises are not judged then. */
  readonly selected: boolean;
  readonly seed: number;
  readonly environment: Environment;
  readonly durationSeconds: number;
  readonly stopAtFailure: boolean;
  /** Absent if the run goes on to its end whatever is seen. */
  readonly early?: EarlyEnd;
  readonly phases: readonly Phase[];
  /** Absent if nothing is broken on purpose. */
  readonly faults?: readonly PlannedFault[];
  readonly faultsMayOverlap?: boolean;
  readonly abort?: AbortConditions;
  /** Absent if the profile does not show how replicas follow the load. */
  readonly elasticity?: UnitOfWork;
  readonly scenarios: readonly PlannedScenario[];
  /** Real browsers beside the load; absent if there are none. */
  readonly browsers?: number;
  /** Limits in ms, ascending, that objectives declare for a route; counted exactly at the source. */
  readonly limitsMs: Readonly<Record<RouteKey, readonly number[]>>;
  /** The same for whole journeys (sum of their response times). */
  readonly journeyLimitsMs: Readonly<Record<string, readonly number[]>>;
  /** Set if this system takes turns with another one, so that one machine's moods hit both. */
  readonly interleave?: { readonly side: 'baseline' | 'candidate'; readonly turnSeconds: number };
}

/** What a plan is made of. */
export interface PlanInput {
  readonly suiteName: string;
  readonly catalog: Catalog;
  readonly traffic: Traffic;
  readonly profile: Profile;
  readonly environment: Environment;
  readonly seed: number;
  /** Highest multiple of normal load, 1 to 10; the profile's own if absent. */
  readonly load?: number;
  /** Length of the whole run in seconds; the profile's own if absent. */
  readonly durationSeconds?: number;
  /** Extend the last hold phase until the whole run has this length, and end there; it may end early. */
  readonly untilSeconds?: number;
  readonly early?: EarlyEnd;
  /** No real browsers, whatever the profile says. */
  readonly withoutBrowsers?: boolean;
  /** Only these services' own traffic, and only these journeys; everything if both are empty. */
  readonly services?: readonly string[];
  readonly journeys?: readonly string[];
  readonly limits: Pick<LoadPlan, 'limitsMs' | 'journeyLimitsMs'>;
}
