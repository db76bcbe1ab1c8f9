/** Values that travel between the runner's parts. */
import type { LoadPlan, Profile } from '../profiles/types.ts';
import type { ReportModel } from '../reports/types.ts';
import type { Problem } from '../scenarios/problem.ts';
import type { ComparedRun, LeastEffect } from '../slo/compare/types.ts';
import type { Standing } from '../slo/live.ts';
import type { Decision, Objective, Policy, Verdict } from '../slo/types.ts';
import type { BrowserPrograms } from './browser/browser.ts';
import type { Engine } from './engines/engine.ts';
import type { BoundDriver } from './faults/bind.ts';
import type { Suite } from './suite.ts';
import type { RunningTarget } from './targets/running-target.ts';

export type { RunningTarget } from './targets/running-target.ts';

/** A suite with its files read and validated. */
export interface LoadedSuite {
  readonly suite: Suite;
  /** Absolute folder of the config file. */
  readonly root: string;
  readonly objectives: readonly Objective[];
  readonly policies: readonly Policy[];
}

/** What hears of pages in browsers, beside the load. */
export interface PageViewSetup {
  /** Programs of a browser of our own, or why there is none; absent if none is wanted. */
  readonly browser?: BrowserPrograms | { readonly missing: string };
  /** Port and key of the Faro receiver; a free one and a new one each if absent. */
  readonly port?: number;
  readonly apiKey?: string;
  /** k6, if virtual users are to send beacons as well. */
  readonly virtualBeacons?: { readonly k6: string };
}

/** What a person or CI job sees while a rehearsal runs; terminal, JSON lines and /metrics implement it. */
export interface LiveSnapshot {
  readonly second: number;
  readonly durationSeconds: number;
  readonly phase: string;
  readonly multiplier: number;
  readonly plannedRequestsPerSecond: number;
  readonly achievedRequestsPerSecond: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly p99Ms?: number;
  /** Totals since the start. */
  readonly requests: number;
  readonly errors: number;
  readonly dropped: number;
  readonly vus: number;
  readonly objectives: Standing;
  readonly generatorBusyShare?: number;
}

export interface LiveView {
  /** A step of the pipeline began or ended, in a few words. */
  note(message: string): void;
  snapshot(snapshot: LiveSnapshot): void;
  /** Leaves the terminal clean before the summary is printed. */
  close(): void;
}

export interface RehearsalRequest {
  readonly suite: LoadedSuite;
  readonly profile: Profile;
  readonly plan: LoadPlan;
  readonly target: RunningTarget;
  readonly policy: Policy;
  readonly engine: Engine;
  /** Injects the plan's faults; only a plan without any may do without. */
  readonly driver?: BoundDriver;
  /** The command line that repeats this run. */
  readonly command: string;
  readonly runFolder: string;
  /** The folder was not chosen by the user: `latest` beside it shall point at it. */
  readonly isUsualFolder: boolean;
  readonly live: LiveView;
  /** Aborted once: stop gracefully and evaluate the part. Aborted twice: end at once, losing nothing written. */
  readonly stopSignal: AbortSignal;
  readonly killSignal: AbortSignal;
  /** What the run is compared with when it has ended; found comparable before it begins. */
  readonly baseline?: {
    /** Still to come, or never (undefined), where the baseline runs beside the candidate. */
    readonly run: ComparedRun | Promise<ComparedRun | undefined>;
    readonly leastEffect: LeastEffect;
  };
  readonly pages?: PageViewSetup;
  /** A name to find the run by. */
  readonly tag?: string;
  /** Log every request's route and body to the ledger (PEAKPROOF_TRACE), to compare two runs of one seed. */
  readonly trace: boolean;
}

/** What `rehearse` resolves with once verdict and reports are on disk. */
export interface RehearsalResult {
  readonly verdict: Verdict;
  readonly decision: Decision;
  /** What the reports on disk say, for those that are printed. */
  readonly model: ReportModel;
  /** The decision's, unless the run was interrupted (130) or something of `problems` broke it. */
  readonly exitCode: number;
  readonly runFolder: string;
  /** What went wrong beside the system under test: a generator that crashed, a report that could not be rendered. */
  readonly problems: readonly Problem[];
}
