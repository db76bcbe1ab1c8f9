/** verdict.json: what a machine may rely on. Unrounded, no clock, no path; reports/schema describes it. */
import type { Comparison } from '../slo/compare/types.ts';
import type { DrillReport } from '../slo/drills/types.ts';
import type { ElasticityReport } from '../slo/elasticity/types.ts';
import type { LedgerClasses, LedgerGap } from '../slo/ledger/result.ts';
import type { Answer, Decision, Evidence, PhaseAnswer } from '../slo/types.ts';
import type { HostFacts } from './run-facts.ts';

export interface ObjectiveDocument extends Evidence {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly measure: string;
  readonly target: number;
  readonly windowDays: number;
  readonly answer: Answer;
  readonly reason: string;
  readonly neededTotal?: number;
  readonly budgetSpentShare?: number;
  readonly burnRate?: number;
  readonly dataMissing?: true;
  readonly phases: readonly PhaseAnswer[];
}

/** How a promise of the first page stands: as its weakest objective. */
export interface PromiseDocument {
  readonly id: string;
  readonly title: string;
  readonly standing: Answer | 'none';
  /** What was measured, as the report prints it. */
  readonly figure: string;
  /** Share of good events of its weakest objective. */
  readonly goodShare?: number;
}

/** What this verdict was made from: whoever has the files can hash them again. */
export interface EvidenceDocument {
  /** Of each file of the run folder without its extension, and of `scenarios`, as run.json lists them. */
  readonly sha256: Readonly<Record<string, string>>;
  readonly toolVersions: Readonly<Record<string, string>>;
  readonly host: HostFacts;
}

/** What became of what was attempted, over the whole run and around each fault. */
export interface LedgerDocument extends LedgerClasses {
  readonly name: string;
  /** From the first to the last lost acknowledgement around one fault; the longest of them. */
  readonly rpoSeconds: number;
  /** Lines of the ledger that could not be used. */
  readonly illegible: number;
  readonly gaps: readonly LedgerGap[];
  readonly faults: readonly (LedgerClasses & { readonly fault: string; readonly rpoSeconds: number })[];
}

export interface VerdictDocument {
  readonly version: 2;
  readonly run: string;
  readonly suite: string;
  readonly profile: string;
  readonly environment: string;
  readonly seed: number;
  readonly measuredSeconds: number;
  readonly multiples: { readonly planned: number; readonly held?: number };
  /** The highest phase that holds its load, and how long requests took there. */
  readonly peak?: { readonly phase: string; readonly p99Ms: number };
  readonly decision: Omit<Decision, 'policy'> & { readonly policy: string };
  readonly answer: Answer;
  readonly partial: readonly string[];
  readonly generator: { readonly saturated: boolean; readonly reasons: readonly string[] };
  readonly promises: readonly PromiseDocument[];
  readonly objectives: readonly ObjectiveDocument[];
  readonly evidence: EvidenceDocument;
  /** What was broken on purpose, and what came of it. */
  readonly drills?: DrillReport;
  /** How the system followed steps of load. */
  readonly elasticity?: ElasticityReport;
  /** What became of the system since the baseline; comparison.json has every figure. */
  readonly comparison?: ComparisonDocument;
  /** One for each ledger that was read back after the load. */
  readonly ledgers?: readonly LedgerDocument[];
}

export type ComparisonDocument = Pick<
  Comparison,
  'baseline' | 'outcome' | 'summary' | 'regressions' | 'flags' | 'refusals'
>;
