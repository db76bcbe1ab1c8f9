/** Verdicts to decide about, and the gate over them. */
import { gate } from '../../../slo/gate.ts';
import type {
  Answer,
  Evidence,
  Objective,
  ObjectiveVerdict,
  Policy,
  Regression,
  Verdict,
} from '../../../slo/types.ts';
import { objective } from './fixtures.ts';

export const everything: Policy = {
  name: 'strict',
  description: '',
  blocking: [{}],
  inconclusive: 'hold',
  partial: 'hold',
};
export const lenient: Policy = {
  ...everything,
  name: 'lenient',
  inconclusive: 'tolerate',
  partial: 'tolerate',
};

interface Item extends Partial<Objective> {
  readonly dataMissing?: true;
  readonly suspected?: true;
  readonly upperBound?: number;
  readonly total?: number;
}

export function item(
  answer: Answer,
  { dataMissing, suspected, upperBound = 0.5, total = 10, ...changes }: Item = {},
): ObjectiveVerdict {
  const evidence: Evidence = { total, bad: 1, dropped: 0, lowerBound: 0.1, upperBound };
  return {
    objective: objective(changes),
    answer,
    reason: '',
    evidence,
    phases: [],
    ...(dataMissing && { dataMissing }),
    ...(suspected && { suspected }),
  };
}

export function decide(
  objectives: readonly ObjectiveVerdict[],
  policy = everything,
  changes: Partial<Verdict> = {},
  regressions: readonly Regression[] = [],
) {
  const generator = { saturated: false, reasons: [] };
  return gate({ version: 1, answer: 'pass', objectives, generator, partial: [], ...changes }, policy, {
    nowMs: 0,
    regressions,
  });
}
