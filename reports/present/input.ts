import type { LoadPlan } from '../../profiles/types.ts';
import type { Catalog } from '../../scenarios/model.ts';
import type { Comparison } from '../../slo/compare/types.ts';
import type { Measurements } from '../../slo/measurements.ts';
import type { Decision, Verdict } from '../../slo/types.ts';
import type { PastRun } from '../past-run.ts';
import type { RunFacts } from '../run-facts.ts';

/** A row of leadership's page; objectives join it by their label `promise`. */
export interface PromiseFacts {
  readonly id: string;
  readonly title: string;
  readonly before?: string;
  readonly after?: string;
  /** Why nothing measures it yet, where that is so. */
  readonly notMeasured?: string;
}

export interface SuiteFacts {
  readonly name: string;
  readonly title: string;
  readonly catalog: Catalog;
  readonly promises: readonly PromiseFacts[];
}

/** Everything a report is made from. */
export interface PresentInput {
  readonly verdict: Verdict;
  readonly decision: Decision;
  readonly plan: LoadPlan;
  readonly measurements: Measurements;
  readonly suite: SuiteFacts;
  readonly run: RunFacts;
  /** Comparable runs before this one, the oldest first. */
  readonly history?: readonly PastRun[];
  /** With the baseline that the rehearsal was given. */
  readonly comparison?: Comparison;
}
