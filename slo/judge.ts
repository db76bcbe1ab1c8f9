/** One objective against what was counted: the three-valued rule and its evidence. */
import type { Phase } from '../profiles/types.ts';
import { measureOf } from './measures/index.ts';
import type { Context, Counts } from './measures/measure.ts';
import { goodShareBounds } from './statistics/binomial.ts';
import type { Answer, Evidence, Objective } from './types.ts';

export interface Judgement {
  readonly answer: Answer;
  readonly evidence: Evidence;
}

/**
 * pass if the lower bound of the good share reaches the target, fail if the upper bound misses it,
 * inconclusive otherwise and without data. A census has no sampling error: its bounds are what was counted.
 */
export function judge(objective: Objective, phases: readonly Phase[], context: Context): Judgement {
  const { sli, target } = objective;
  const measure = measureOf(sli);
  const counts = measure.count(sli, phases, context);
  const evidence = evidenceOf(counts, measure.isCensus(sli));
  return { answer: answerOf(evidence, target), evidence };
}

function answerOf({ lowerBound, upperBound }: Evidence, target: number): Answer {
  if (lowerBound === undefined || upperBound === undefined) return 'inconclusive';
  if (lowerBound >= target) return 'pass';
  return upperBound < target ? 'fail' : 'inconclusive';
}

function evidenceOf({ uncertain, ...counts }: Counts, isCensus: boolean): Evidence {
  const { total, bad } = counts;
  const evidence = { ...counts, ...(uncertain > 0 ? { uncertain } : {}) };
  if (total === 0) return evidence;
  const bounds = isCensus
    ? { lowerBound: (total - bad - uncertain) / total, upperBound: (total - bad) / total }
    : goodShareBounds(bad, total, uncertain);
  return { ...evidence, goodShare: (total - bad - uncertain) / total, ...bounds };
}
