/** What is promised (Objective), what came of it (Verdict) and what follows (Decision). */
import type { FaultKind } from '../profiles/faults.ts';
import type { RouteKey, RouteKind } from '../scenarios/model.ts';
import type { Answer } from './answer.ts';
import type { DrillFigure } from './drills/figures.ts';
import type { DrillReport } from './drills/types.ts';
import type { ElasticityNeed } from './elasticity/needs.ts';
import type { ElasticityReport } from './elasticity/types.ts';
import type { Visitor, Vital } from './pages/types.ts';
import type { MeanInterval } from './statistics/mean-interval.ts';

export type ComparisonOperator = 'lt' | 'lte' | 'gt' | 'gte';

/**
 * Judge only hold phases at or above this multiple of normal load; all judged phases if absent.
 * A census covers the whole run in any case: it is then asked only of profiles that hold this multiple.
 */
interface PhaseScope {
  readonly atLeastMultiplier?: number;
}

/** What is asked of a metrics backend, in its own language, and how its answer becomes good and bad. */
export type SeriesQuery =
  | {
      readonly kind: 'ratio';
      /** What `query` counts. */
      readonly goodOrBad: 'good' | 'bad';
      readonly query: string;
      readonly totalQuery: string;
      /** Both only ever grow, so that an increase counts; otherwise each sample is a count of its own. */
      readonly counter: boolean;
    }
  /** The backend holds the finished ratio: good among all (`success`) or bad among all (`failure`). */
  | { readonly kind: 'raw'; readonly query: string; readonly rawType: 'success' | 'failure' }
  | {
      readonly kind: 'threshold';
      readonly query: string;
      readonly op: ComparisonOperator;
      readonly value: number;
    };

export interface SeriesSource {
  readonly type: 'Prometheus';
  /** metadata.name of the DataSource document; the environment's own backend if absent. */
  readonly dataSource?: string;
  /** spec.connectionDetails.url of that document. */
  readonly url?: string;
}

/** Which page views an SLI is about: of one page, of real or synthetic visitors; all of them if absent. */
interface PageScope extends PhaseScope {
  readonly page?: string;
  readonly visitors?: Visitor;
}

/** How an SLI of one objective by itself is measured. */
export type PlainSli =
  | ({
      readonly measure: 'requests';
      /** All services if absent. */
      readonly service?: string;
      readonly kind?: RouteKind;
      readonly route?: RouteKey;
      /** What the three above mean in this catalog; resolved once, so that a saved run needs no catalog. */
      readonly routes: readonly RouteKey[];
      /** Good means within this many ms as well as right; only right if absent. */
      readonly underMs?: number;
    } & PhaseScope)
  | ({ readonly measure: 'journeys'; readonly journey: string; readonly underMs?: number } & PhaseScope)
  | ({ readonly measure: 'probes'; readonly service: string } & PhaseScope)
  | ({
      readonly measure: 'readings';
      readonly reading: string;
      readonly op: ComparisonOperator;
      readonly value: number;
      /** The readings are the whole truth of the run (every order was looked up), not a sample: compared exactly. */
      readonly census: boolean;
      /** Asked only of profiles that break something on purpose. */
      readonly withFaults?: true;
      /** Asked only of plans that have it. */
      readonly needs?: ElasticityNeed;
    } & PhaseScope)
  | ({ readonly measure: 'series'; readonly source: SeriesSource } & SeriesQuery & PhaseScope)
  /** Web vitals that beacons report; good as web.dev has it. */
  | ({ readonly measure: 'vitals'; readonly metric: Vital } & PageScope)
  /** Browser sessions; good without a JavaScript error. */
  | ({ readonly measure: 'sessions' } & Omit<PageScope, 'page'>)
  /** The mean duration of page loads, in ms; the objective's target is the confidence of its bound. */
  | ({
      readonly measure: 'page-load';
      readonly op: 'lt' | 'lte';
      readonly value: number;
    } & PageScope);

/** How one objective is measured. Ratio kinds count good among all; `readings` compares each reading with a limit. */
export type Sli =
  | PlainSli
  /** All other blocking objectives, restricted to these phases: the capacity promise. */
  | ({ readonly measure: 'objectives' } & PhaseScope)
  /** A figure over the faults that the profile injects; asked only of profiles that inject some. */
  | ({
      readonly measure: 'drills';
      readonly figure: DrillFigure;
      readonly op: ComparisonOperator;
      readonly value: number;
      /** Only drills with this kind of fault; all if absent. */
      readonly fault?: FaultKind;
    } & PhaseScope)
  /** Several objectives that spend one error budget together. */
  | ({ readonly measure: 'composite'; readonly members: readonly CompositeMember[] } & PhaseScope);

/** One objective of a composite SLO. */
export interface CompositeMember {
  readonly displayName: string;
  readonly target: number;
  /** OpenSLO's compositeWeight: multiplies the rate at which this objective spends the common budget. */
  readonly weight: number;
  readonly sli: PlainSli;
  readonly budgeting?: TimeSliceBudgeting;
}

/** How an error budget counts time slices instead of events. */
export type TimeSliceBudgeting =
  | {
      readonly method: 'timeslices';
      readonly windowSeconds: number;
      /** A slice is good if its share of good events reaches this, in (0, 1]. */
      readonly sliceTarget: number;
    }
  /** The mean of the slices' shares of good events is what is promised. */
  | { readonly method: 'ratio-timeslices'; readonly windowSeconds: number };

/** A window that begins anew at fixed times, such as the first of each month. */
export interface CalendarWindow {
  readonly count: number;
  readonly unit: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';
  /** Local time in `timeZone` at which a window began, `YYYY-MM-DD hh:mm:ss`. */
  readonly startTime: string;
  /** Name in the IANA time zone database. */
  readonly timeZone: string;
}

/** OpenSLO's alert condition of kind burnrate, with the policy that it stands in. */
export interface BurnRateAlert {
  /** metadata.name of the alert policy. */
  readonly name: string;
  readonly severity: string;
  readonly op: ComparisonOperator;
  /** Burn rate that the one of each look-back window is compared with. */
  readonly threshold: number;
  /** All of these windows must be over the threshold; OpenSLO names one. */
  readonly lookbackSeconds: readonly number[];
  /** How long the condition must hold before the alert fires. */
  readonly alertAfterSeconds: number;
  /** Whether it fires on a breach, and where there is nothing to compute a burn rate from. */
  readonly whenBreaching: boolean;
  readonly whenNoData: boolean;
}

export interface Objective {
  /** metadata.name, unique within a suite; with a suffix where the SLO has several objectives. */
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  /** spec.service: the owning service, the journey's name, or `system` for what no single one owns. */
  readonly service: string;
  /** metadata.annotations.owner: the team that answers for it. */
  readonly owner?: string;
  /** Promised share of good events, in (0, 1). */
  readonly target: number;
  /** Length of the window; a month counts 30 days, a quarter 90, a year 365. */
  readonly windowDays: number;
  /** The window follows the calendar; it is rolling if absent. */
  readonly calendar?: CalendarWindow;
  /** The budget counts time slices; events (Occurrences) if absent. */
  readonly budgeting?: TimeSliceBudgeting;
  /** Burn-rate alerts of the objective's alert policies, if it has any. */
  readonly alerts?: readonly BurnRateAlert[];
  readonly sli: Sli;
  /** metadata.labels; `promise` groups objectives on the first screen, `tier` and `kind` serve policies. */
  readonly labels: Readonly<Record<string, string>>;
  readonly source: { readonly file: string; readonly line: number };
}

export type { Answer } from './answer.ts';

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

/** Labels that an objective must all have; an empty one matches every objective. */
export type LabelSelector = Readonly<Record<string, string>>;

/** A failure that somebody answers for, for a while: it does not block, and is never told as a pass. */
export interface Waiver {
  /** An objective's id, or labels. */
  readonly objective: string | LabelSelector;
  readonly owner: string;
  readonly reason: string;
  /** ISO date; the waiver holds to the end of that day, UTC. */
  readonly expires: string;
  readonly source: { readonly file: string; readonly line: number };
}

/** What a comparison with a baseline found to have become worse. */
export interface Regression {
  /** Absent if it is the service's as a whole. */
  readonly objectiveId?: string;
  readonly service: string;
  readonly kind: 'latency' | 'errors';
  /** Of `latency`: by which share of the baseline's; of `errors`: by how much the bad share rose. Unknown if absent. */
  readonly shiftShare?: number;
  /** The finding as a sentence with its figures. */
  readonly summary: string;
}

/** Which regressions do not block; one that fits any part is told and let through. */
export interface RegressionTolerance {
  /** Largest share of the baseline's latency by which it may rise. */
  readonly latency?: number;
  /** Largest rise of the bad share. */
  readonly errors?: number;
  /** Regressions of objectives with these labels. */
  readonly selectors?: readonly LabelSelector[];
}

/** What a gate tolerates: one per environment. */
export interface Policy {
  readonly name: string;
  readonly description: string;
  /** An objective blocks if one of these selects it. */
  readonly blocking: readonly LabelSelector[];
  /** What an inconclusive blocking objective does: `hold` ends with exit code 3, `tolerate` passes with a warning. */
  readonly inconclusive: 'hold' | 'tolerate';
  /** What a partial run does, likewise. */
  readonly partial: 'hold' | 'tolerate';
  /** A pass on fewer events than this counts as inconclusive. A census, which is no sample, is exempt. */
  readonly leastSample?: number;
  /** How many failures are assumed to come together until the run's own show more; at least 1, and 1 if absent. */
  readonly assumedDesignEffect?: number;
  readonly toleratedRegressions?: RegressionTolerance;
  readonly waivers?: readonly Waiver[];
}

/** An objective that did not pass and that a waiver lets through. */
export interface Waived extends Omit<Waiver, 'objective' | 'source'> {
  readonly objective: string;
}

export interface Decision {
  readonly policy: Policy;
  readonly outcome: 'pass' | 'fail' | 'hold';
  readonly exitCode: number;
  /** Objective ids that decided a fail or hold, the worst first; none if regressions or the run itself did. */
  readonly because: readonly string[];
  /** Objective ids that are not pass, or too few events for one, but were tolerated. */
  readonly tolerated: readonly string[];
  /** Those of `because` and `tolerated` that passed on fewer events than the policy's least sample. */
  readonly tooFewEvents: readonly string[];
  /** What blocks, did not pass, and is let through by name. */
  readonly waived: readonly Waived[];
  readonly regressions: {
    readonly blocking: readonly Regression[];
    readonly tolerated: readonly Regression[];
  };
  readonly summary: string;
}
