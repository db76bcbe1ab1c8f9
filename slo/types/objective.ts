/** What is promised. */
import type { ComparisonOperator, Sli, TimeSliceBudgeting } from './sli.ts';

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
