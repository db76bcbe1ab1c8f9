/** What came of what was promised. */
import type { Answer } from '../answer.ts';
import type { DrillReport } from '../drills/types.ts';
import type { ElasticityReport } from '../elasticity/types.ts';
import type { MeanInterval } from '../statistics/mean-interval.ts';
import type { Objective } from './objective.ts';

/** Counts behind an answer. Dropped iterations are included in `total` and `bad`. */
export interface Evidence {
  readonly total: number;
  readonly bad: number;
  readonly dropped: number;
  /** Events that may be good or bad (a limit nobody counted): good for a fail, bad for a pass. Not in `bad`. */
  readonly uncertain?: number;
  /** Observed share of certainly good events; undefined without data. */
  readonly goodShare?: number;
  /** One-sided 95 % bound of the good share (Clopper–Pearson on effective counts); for a census, what was counted. */
  readonly lowerBound?: number;
  /** Likewise from above, so wide that all fails of the run (or phase) together are 95 % sure (Holm). */
  readonly upperBound?: number;
  /** How much less these events say than independent ones: their failures came together. At least 1; none for a census. */
  readonly designEffect?: number;
  /** Groups in which the failures came, a lone one being a group of its own. */
  readonly bursts?: number;
  /** For objectives over a mean and for drills: it, with one-sided bounds, at the objective's target or 95 %. They have no good share. */
  readonly mean?: MeanInterval;
  /** Smallest and largest reading, for objectives over readings and drills, in the reading's unit. */
  readonly lowest?: number;
  readonly highest?: number;
}

export interface PhaseAnswer extends Evidence {
  readonly phase: string;
  readonly answer: Answer;
}

/** What a burn-rate alert would have done during a run. */
export interface AlertHistory {
  /** Second at whose end the alert first fired, of the slices it was replayed over (in a verdict, of the plan). */
  readonly firstFiringSecond?: number;
  /** Seconds during which it was firing. */
  readonly firingSeconds: number;
  /**
   * Whether the run was as long as the longest look-back window by then (or at its end, if it never fired).
   * What lies before the run is unknown, so a window that reaches there looks at the part that was measured, as
   * Prometheus does: a few early failures weigh more in it than they would in a full one.
   */
  readonly isWindowFull: boolean;
}

export interface AlertVerdict extends AlertHistory {
  readonly name: string;
  readonly severity: string;
}

export interface ObjectiveVerdict {
  readonly objective: Objective;
  readonly answer: Answer;
  /** One sentence with the figures: why this answer, and what is missing if it is inconclusive. */
  readonly reason: string;
  readonly evidence: Evidence;
  /** Clean events that would be enough for a pass, if inconclusive for lack of them. */
  readonly neededTotal?: number;
  /** Share of the run's error budget spent: bad / (total × (1 − target)); undefined without data. */
  readonly budgetSpentShare?: number;
  /** Bad share over allowed bad share, the burn rate of the run as a whole. */
  readonly burnRate?: number;
  readonly phases: readonly PhaseAnswer[];
  /** Whether its burn-rate alerts would have fired; absent if it has none. */
  readonly alerts?: readonly AlertVerdict[];
  /** The plan was to bring enough events and none came, or an audit could not read what decides: what no policy may tolerate. */
  readonly dataMissing?: true;
  /** The answer is that of a test which allows looking at any time, as the run could end early. */
  readonly atAnyTime?: true;
  /** The one phase whose evidence made it fail, where the run as a whole left it open. */
  readonly decidedIn?: { readonly phase: string; readonly evidence: Evidence };
  /** Its failures would refute it if they were independent, but came in too few bursts: no policy tolerates that either. */
  readonly suspected?: true;
}

export interface GeneratorHealth {
  /** True if the generator or its machine was the bottleneck: the run is no evidence either way. */
  readonly saturated: boolean;
  readonly reasons: readonly string[];
}

/** A rehearsal's result. No clock and no path in it: evaluating one folder twice gives the same bytes. */
export interface Verdict {
  readonly version: 1;
  readonly answer: Answer;
  readonly objectives: readonly ObjectiveVerdict[];
  readonly generator: GeneratorHealth;
  /** Why the measurements are only a part of the plan; empty for a complete run. */
  readonly partial: readonly string[];
  /** Highest multiple of normal load at which a hold phase kept every blocking objective. */
  readonly highestMultipleHeld?: number;
  /** What was broken on purpose and what came of it; absent if nothing was. */
  readonly drills?: DrillReport;
  /** How the system followed steps of load; absent if the profile has none to show that. */
  readonly elasticity?: ElasticityReport;
}
