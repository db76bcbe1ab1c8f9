/** How an objective is measured: its service level indicator. */
import type { FaultKind } from '../../profiles/faults.ts';
import type { RouteKey, RouteKind } from '../../scenarios/model.ts';
import type { DrillFigure } from '../drills/figures.ts';
import type { ElasticityNeed } from '../elasticity/needs.ts';
import type { Visitor, Vital } from '../pages/types.ts';

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
