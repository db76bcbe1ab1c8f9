/** verdict.json: what a machine may rely on. Unrounded, no clock, no path; reports/schema describes it. */
import type { LoadPlan } from '../profiles/types.ts';
import type { Comparison } from '../slo/compare/types.ts';
import type { Decision, Evidence, ObjectiveVerdict, PhaseAnswer, Verdict } from '../slo/types.ts';

export interface ObjectiveDocument extends Evidence {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly measure: string;
  readonly target: number;
  readonly answer: string;
  readonly reason: string;
  readonly neededTotal?: number;
  readonly budgetSpentShare?: number;
  readonly burnRate?: number;
  readonly dataMissing?: true;
  readonly phases: readonly PhaseAnswer[];
}

export interface VerdictDocument {
  readonly version: 1;
  readonly run: string;
  readonly suite: string;
  readonly profile: string;
  readonly environment: string;
  readonly seed: number;
  readonly multiples: { readonly planned: number; readonly held?: number };
  readonly decision: {
    readonly outcome: 'pass' | 'fail' | 'hold';
    readonly exitCode: number;
    readonly policy: string;
    readonly summary: string;
    readonly because: readonly string[];
    readonly tolerated: readonly string[];
  };
  readonly answer: string;
  readonly partial: readonly string[];
  readonly generator: { readonly saturated: boolean; readonly reasons: readonly string[] };
  readonly objectives: readonly ObjectiveDocument[];
  /** What became of the system since the baseline; comparison.json has every figure. */
  readonly comparison?: ComparisonDocument;
}

export type ComparisonDocument = Pick<
  Comparison,
  'baseline' | 'outcome' | 'summary' | 'regressions' | 'flags' | 'refusals'
>;

/** The document of a run; the same inputs give the same bytes. */
export function verdictDocument(
  run: { readonly id: string; readonly seed: number },
  plan: LoadPlan,
  verdict: Verdict,
  decision: Decision,
  comparison?: Comparison,
): VerdictDocument {
  const held = verdict.highestMultipleHeld;
  return {
    version: 1,
    run: run.id,
    suite: plan.suite,
    profile: plan.profile,
    environment: plan.environment.name,
    seed: run.seed,
    multiples: {
      planned: Math.max(0, ...plan.phases.map((phase) => phase.toMultiplier)),
      ...(held === undefined ? {} : { held }),
    },
    decision: {
      outcome: decision.outcome,
      exitCode: decision.exitCode,
      policy: decision.policy.name,
      summary: decision.summary,
      because: decision.because,
      tolerated: decision.tolerated,
    },
    answer: verdict.answer,
    partial: verdict.partial,
    generator: verdict.generator,
    objectives: verdict.objectives.map(objectiveDocument),
    ...(comparison === undefined ? {} : { comparison: comparisonDocument(comparison) }),
  };
}

function comparisonDocument({
  baseline,
  outcome,
  summary,
  regressions,
  flags,
  refusals,
}: Comparison): ComparisonDocument {
  return { baseline, outcome, summary, regressions, flags, refusals };
}

function objectiveDocument(verdict: ObjectiveVerdict): ObjectiveDocument {
  const { objective, evidence, answer, reason, phases, ...budget } = verdict;
  return {
    id: objective.id,
    name: objective.displayName,
    service: objective.service,
    labels: objective.labels,
    measure: objective.sli.measure,
    target: objective.target,
    answer,
    reason,
    ...evidence,
    ...budget,
    phases,
  };
}
