/**
 * The ReportModel: everything a report says, in the order in which it says it. Texts are final (words,
 * units, rounding); renderers only print. Every string is one line without control characters (clean.ts).
 */
import type { Cell, ChartText, Status, Table } from './cells.ts';
import type { DrillsView } from './drill-views.ts';
import type { ElasticityView } from './elasticity-view.ts';
import type { PagesView } from './pages-view.ts';
import type { Banner, Fact, Figure, MethodView, RegressionView } from './told.ts';
import type { VerdictDocument } from './verdict-document.ts';

export type { Cell, ChartText, Column, Standing, Status, Table } from './cells.ts';

export interface ObjectiveView {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly status: Status;
  /** Blocks the gate under the policy of this decision. */
  readonly blocking: boolean;
  /** Among the reasons of a FAIL or HOLD. */
  readonly decides: boolean;
  /** Not kept, or not proven, and let through by the policy. */
  readonly tolerated: boolean;
  /** What the policy makes of it in a word: "decided", "waived", "tolerated", … */
  readonly role: string;
  /** Let through by name: neither kept nor a reason to fail. */
  readonly waived: boolean;
  /** Who waived it, until when and why, or that the policy asks for more events; empty otherwise. */
  readonly note: string;
  readonly promised: string;
  readonly measured: string;
  /** How sure the measurement is, for example "proven ≥ 99.95 % at 95 %". */
  readonly certainty: string;
  readonly reason: string;
  /** Share of the run's error budget that was spent, for example "34 %". */
  readonly budgetSpent: string;
  /** One cell a phase: its name, the good share, the standing there; none if nothing went wrong in any. */
  readonly phases: readonly Cell[];
  readonly source: { readonly file: string; readonly line: number };
}

export interface DecisionView {
  readonly outcome: 'pass' | 'fail' | 'hold';
  readonly word: string;
  readonly symbol: string;
  /** The decision in plain words, for those who never saw an objective. */
  readonly headline: string;
  /** The gate's own sentence. */
  readonly summary: string;
  readonly exitCode: number;
  readonly policy: string;
  /** Heading and at most three objectives: what decided, or the closest calls of a pass. */
  readonly decidingTitle: string;
  readonly deciding: readonly ObjectiveView[];
  /** How many more decided, in words; empty if none. */
  readonly more: string;
  /** What is let through by name: a line each. */
  readonly waived: readonly string[];
  readonly regressions: readonly RegressionView[];
}

export interface PromiseView {
  readonly id: string;
  readonly title: string;
  readonly before: string;
  readonly promised: string;
  readonly measured: string;
  /** Among how many, or which objective is worst; may be empty. */
  readonly detail: string;
  readonly certainty: string;
  readonly status: Status;
  /** Share of good events of its weakest objective, unrounded, for verdict.json. */
  readonly goodShare?: number;
}

export interface HistoryView {
  /** Which runs these are, in words. */
  readonly lead: string;
  readonly table: Table;
}

/** Before and after: what became of every figure since the baseline. */
export interface ComparisonView {
  /** Names of both runs. */
  readonly title: string;
  readonly status: Status;
  readonly summary: string;
  /** Why the figures must be read with care, and what was overruled. */
  readonly warnings: readonly string[];
  /** Regressions with their figures, a sentence each. */
  readonly regressions: readonly string[];
  /** Metric, before, after, change, how sure: the worst first. */
  readonly changes: Table;
  /** What the table leaves out because nothing happened there; empty if nothing. */
  readonly quiet: string;
  /** How it was compared. */
  readonly method: readonly string[];
}

/** What of all that was acknowledged the system still had after the load. */
export interface LedgerView {
  /** Plural noun of its entries. */
  readonly name: string;
  readonly status: Status;
  readonly summary: string;
  /** Losses, duplicates and what is unknown, a sentence each. */
  readonly findings: readonly string[];
  /** A row for each drill. */
  readonly classes: Table;
  readonly examples: Table;
  /** How it was read back, and what the recovery point is. */
  readonly method: string;
}

/** What grew or shrank while the load stood still. */
export interface TrendsView {
  readonly lead: string;
  /** Trends that matter, a sentence each. */
  readonly findings: readonly string[];
  readonly table: Table;
}

export interface TimelinePoint {
  readonly second: number;
  readonly multiplier: number;
  readonly plannedPerSecond: number;
  readonly achievedPerSecond: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly p99Ms?: number;
  readonly errors: number;
  readonly fallbacks: number;
  readonly dropped: number;
}

export interface Band {
  readonly name: string;
  readonly fromSecond: number;
  readonly toSecond: number;
}

export interface TimelineView {
  readonly points: readonly TimelinePoint[];
  readonly bands: readonly Band[];
  /** When something was broken on purpose. */
  readonly faults: readonly Band[];
  /** Where the measurement ended. */
  readonly endSecond: number;
  readonly load: ChartText;
  readonly latency: ChartText;
  readonly errors: ChartText;
  /** How points were aggregated; empty if each is one second. */
  readonly aggregation: string;
  readonly byPhase: Table;
  readonly bySecond: Table;
}

export interface GeneratorPoint {
  readonly second: number;
  readonly k6Cores?: number;
  readonly runnerCores?: number;
  readonly machineBusyCores?: number;
  readonly vusInUse?: number;
}

export interface GeneratorView {
  readonly status: Status;
  readonly summary: string;
  readonly chart: ChartText;
  readonly points: readonly GeneratorPoint[];
  readonly figures: Table;
  readonly reconciliation: Table;
}

/** What the client saw beside what the servers counted. */
export interface DisagreementView {
  readonly summary: string;
  readonly table: Table;
}

export interface ServiceView {
  readonly name: string;
  readonly description: string;
  readonly status: Status;
  /** Shown unfolded: one of the objectives on the first screen is its own. */
  readonly isOpen: boolean;
  /** Team, tier, dependencies: label and text. */
  readonly facts: readonly Fact[];
  readonly objectives: readonly ObjectiveView[];
  readonly routes: Table;
}

export interface ReportModel {
  readonly title: string;
  readonly subtitle: string;
  readonly runId: string;
  readonly decision: DecisionView;
  readonly banners: readonly Banner[];
  readonly figures: readonly Figure[];
  readonly promises: readonly PromiseView[];
  /** All of them: what decided first, then failures, unproven ones, kept ones. */
  readonly objectives: readonly ObjectiveView[];
  /** How each promise stood in comparable runs before; absent if there were none. */
  readonly history?: HistoryView;
  /** Against the baseline that the rehearsal was given. */
  readonly comparison?: ComparisonView;
  /** Absent if nothing was broken on purpose. */
  readonly drills?: DrillsView;
  /** Absent if the profile has no steps of load to show it. */
  readonly elasticity?: ElasticityView;
  /** Of hold phases that are long enough for one. */
  readonly trends?: TrendsView;
  /** One for each ledger that was read back. */
  readonly ledgers: readonly LedgerView[];
  readonly timeline: TimelineView;
  readonly heatMap: Table;
  readonly generator: GeneratorView;
  readonly uptime: Table;
  /** Absent if nobody was to tell of pages in browsers. */
  readonly pages?: PagesView;
  /** Absent if no service has its availability promised from both sides. */
  readonly disagreement?: DisagreementView;
  readonly services: readonly ServiceView[];
  /** Objectives that belong to no single service: journeys, audits, capacity. */
  readonly acrossServices: readonly ObjectiveView[];
  readonly method: MethodView;
  /** What machines read: verdict.json, unrounded. */
  readonly document: VerdictDocument;
}
