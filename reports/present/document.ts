/** verdict.json from what was found: the figures that machines rely on, unrounded. */
import { highestMultiple } from '../../profiles/plan.ts';
import type { Comparison } from '../../slo/compare/types.ts';
import { classesIn, type LedgerResult } from '../../slo/ledger/result.ts';
import { worstRpoSeconds } from '../../slo/ledger/rpo.ts';
import type { ObjectiveVerdict } from '../../slo/types.ts';
import type { PromiseView } from '../types.ts';
import type {
  ComparisonDocument,
  LedgerDocument,
  ObjectiveDocument,
  PromiseDocument,
  VerdictDocument,
} from '../verdict-document.ts';
import type { PresentInput } from './input.ts';
import { peakLatency } from './peak.ts';

/** The document of a run; the same inputs give the same bytes. */
export function verdictDocument(input: PresentInput, promises: readonly PromiseView[]): VerdictDocument {
  const { run, plan, measurements, verdict, decision, comparison } = input;
  const held = verdict.highestMultipleHeld;
  const peak = peakLatency(input);
  return {
    version: 2,
    run: run.id,
    suite: plan.suite,
    profile: plan.profile,
    environment: plan.environment.name,
    seed: run.seed,
    measuredSeconds: measurements.measuredSeconds,
    multiples: {
      planned: highestMultiple(plan),
      ...(held === undefined ? {} : { held }),
    },
    ...(peak === undefined ? {} : { peak }),
    decision: { ...decision, policy: decision.policy.name },
    answer: verdict.answer,
    partial: verdict.partial,
    generator: verdict.generator,
    promises: promises.map(promiseDocument),
    objectives: verdict.objectives.map(objectiveDocument),
    ...(verdict.drills && { drills: verdict.drills }),
    ...(verdict.elasticity && { elasticity: verdict.elasticity }),
    ...(comparison === undefined ? {} : { comparison: comparisonDocument(comparison) }),
    ...(measurements.ledgers.length === 0 ? {} : { ledgers: measurements.ledgers.map(ledgerDocument) }),
    evidence: { sha256: run.sha256(), toolVersions: run.toolVersions, host: run.host },
  };
}

function ledgerDocument({ name, spans, illegible, gaps }: LedgerResult): LedgerDocument {
  const faults = spans.flatMap((span) =>
    span.fault === undefined
      ? []
      : [{ fault: span.fault, ...classesIn([span]), rpoSeconds: worstRpoSeconds([span]) }],
  );
  return { name, ...classesIn(spans), rpoSeconds: worstRpoSeconds(spans), illegible, gaps, faults };
}

function comparisonDocument(comparison: Comparison): ComparisonDocument {
  const { baseline, outcome, summary, regressions, flags, refusals } = comparison;
  return { baseline, outcome, summary, regressions, flags, refusals };
}

function promiseDocument({ id, title, status, measured, goodShare }: PromiseView): PromiseDocument {
  const share = goodShare === undefined ? {} : { goodShare };
  return { id, title, standing: status.standing, figure: measured, ...share };
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
    windowDays: objective.windowDays,
    answer,
    reason,
    ...evidence,
    ...budget,
    phases,
  };
}
