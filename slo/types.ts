/** What is promised (Objective), what came of it (Verdict) and what follows (Decision). */
import type { RouteKey, RouteKind } from '../scenarios/model.ts';

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

/** How one objective is measured. Ratio kinds count good among all; `readings` compares each reading with a limit. */
export type Sli =
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
    } & PhaseScope)
  | ({ readonly measure: 'series'; readonly source: SeriesSource } & SeriesQuery & PhaseScope)
  /** All other blocking objectives, restricted to these phases: the capacity promise. */
  | ({ readonly measure: 'objectives' } & PhaseScope);

export interface Objective {
  /** metadata.name, unique within a suite. */
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  /** spec.service: the owning service, the journey's name, or `system` for what no single one owns. */
  readonly service: string;
  /** metadata.annotations.owner: the team that answers for it. */
  readonly owner?: string;
  /** Promised share of good events, in (0, 1). */
  readonly target: number;
  readonly windowDays: number;
  readonly sli: Sli;
  /** metadata.labels; `promise` groups objectives on the first screen, `tier` and `kind` serve policies. */
  readonly labels: Readonly<Record<string, string>>;
  readonly source: { readonly file: string; readonly line: number };
}

export type Answer = 'pass' | 'fail' | 'inconclusive';

/** Counts behind an answer. Dropped iterations are included in `total` and `bad`. */
export interface Evidence {
  readonly total: number;
  readonly bad: number;
  readonly dropped: number;
  /** Events that may be good or bad (a limit nobody counted): good for a fail, bad for a pass. Not in `bad`. */
  readonly uncertain?: number;
  /** Observed share of certainly good events; undefined without data. */
  readonly goodShare?: number;
  /** One-sided 95 % Clopper–Pearson bound of the good share; for a census, what was counted. */
  readonly lowerBound?: number;
  /** Likewise from above, so wide that all fails of the run (or phase) together are 95 % sure (Holm). */
  readonly upperBound?: number;
  /** Smallest and largest reading, for objectives over readings, in the reading's unit. */
  readonly lowest?: number;
  readonly highest?: number;
}

export interface PhaseAnswer extends Evidence {
  readonly phase: string;
  readonly answer: Answer;
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
  /** The plan was to bring enough events and none came: what no policy may tolerate. */
  readonly dataMissing?: true;
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
}

/** What a gate tolerates: one per environment. */
export interface Policy {
  readonly name: string;
  readonly description: string;
  /** Label selectors; an objective blocks if all labels of one of them match. */
  readonly blocking: readonly Readonly<Record<string, string>>[];
  /** What an inconclusive blocking objective does: `hold` ends with exit code 3, `tolerate` passes with a warning. */
  readonly inconclusive: 'hold' | 'tolerate';
  /** What a partial run does, likewise. */
  readonly partial: 'hold' | 'tolerate';
}

export interface Decision {
  readonly policy: Policy;
  readonly outcome: 'pass' | 'fail' | 'hold';
  readonly exitCode: number;
  /** Objective ids that decided a fail or hold, the worst first. */
  readonly because: readonly string[];
  /** Objective ids that are not pass but were tolerated. */
  readonly tolerated: readonly string[];
  readonly summary: string;
}
