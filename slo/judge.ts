/** Objectives against what was counted: the three-valued rule and its evidence. */
import type { Phase } from '../profiles/types.ts';
import { measureOf } from './measures/index.ts';
import type { Context, Counts } from './measures/measure.ts';
import { badShareAtLeast, badShareAtMost } from './statistics/binomial.ts';
import { refutationConfidence } from './statistics/holm.ts';
import type { Answer, Evidence, Objective } from './types.ts';

/** An objective and the phases that it is judged in. */
export interface Question {
  readonly objective: Objective;
  readonly phases: readonly Phase[];
}

export interface Judgement extends Question {
  readonly answer: Answer;
  readonly evidence: Evidence;
  /** Why the events could not be counted. */
  readonly error?: string;
}

interface Counted extends Question {
  readonly counts: Counts;
  readonly isCensus: boolean;
  readonly error?: string;
}

/**
 * pass if the lower bound of the good share reaches the target, fail if the upper bound misses it,
 * inconclusive otherwise and without data. Upper bounds are such that all fails among these questions together
 * are 95 % sure; one question alone has its plain 95 % bound. A census has no sampling error: its bounds are
 * what was counted. An error while counting makes one objective inconclusive and never takes down the rest.
 */
export function judge(questions: readonly Question[], context: Context): Judgement[] {
  const counted = questions.map((question) => count(question, context));
  const samples = counted.filter((item) => !item.isCensus && item.counts.total > 0);
  const confidence = refutationConfidence(
    samples.map(({ objective, counts }) => ({ ...counts, target: objective.target })),
  );
  return counted.map(({ counts, isCensus, ...rest }) => {
    const evidence = evidenceOf(counts, isCensus, confidence);
    return { ...rest, evidence, answer: answerOf(evidence, rest.objective.target) };
  });
}

function count(question: Question, context: Context): Counted {
  const { sli } = question.objective;
  const measure = measureOf(sli);
  const isCensus = measure.isCensus(sli);
  try {
    return { ...question, isCensus, counts: measure.count(sli, question.phases, context) };
  } catch (error) {
    const counts = { total: 0, bad: 0, dropped: 0, uncertain: 0 };
    return { ...question, isCensus, counts, error: error instanceof Error ? error.message : String(error) };
  }
}

function answerOf({ lowerBound, upperBound }: Evidence, target: number): Answer {
  if (lowerBound === undefined || upperBound === undefined) return 'inconclusive';
  if (lowerBound >= target) return 'pass';
  return upperBound < target ? 'fail' : 'inconclusive';
}

function evidenceOf({ uncertain, ...counts }: Counts, isCensus: boolean, confidence: number): Evidence {
  const { total, bad } = counts;
  const evidence = { ...counts, ...(uncertain > 0 ? { uncertain } : {}) };
  if (total === 0) return evidence;
  const goodShare = (total - bad - uncertain) / total;
  return isCensus
    ? { ...evidence, goodShare, lowerBound: goodShare, upperBound: (total - bad) / total }
    : {
        ...evidence,
        goodShare,
        lowerBound: 1 - badShareAtMost(bad + uncertain, total),
        upperBound: 1 - badShareAtLeast(bad, total, confidence),
      };
}
