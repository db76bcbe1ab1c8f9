/** Objectives against what was counted: the three-valued rule and its evidence. */
import type { Phase } from '../profiles/types.ts';
import { measureOf } from './measures/index.ts';
import type { Context, Counts } from './measures/measure.ts';
import { badShareAtLeast, confidence } from './statistics/binomial.ts';
import { type Dependence, dependenceOf } from './statistics/dependence.ts';
import { refutationConfidence, type Sample } from './statistics/holm.ts';
import { goodShareAtLeast, goodShareAtMost } from './statistics/share-bounds.ts';
import type { Answer, Evidence, Objective } from './types.ts';

/** An objective and the phases that it is judged in. */
export interface Question {
  readonly objective: Objective;
  readonly phases: readonly Phase[];
}

export interface Judgement extends Question {
  readonly answer: Answer;
  readonly evidence: Evidence;
  /** Failures would refute the target if they were independent, but they came in too few bursts to be sure. */
  readonly suspected?: true;
  /** The one phase whose evidence made it fail, where the whole run left it open. */
  readonly decidedIn?: { readonly phase: string; readonly evidence: Evidence };
  /** Why the events could not be counted. */
  readonly error?: string;
}

interface Counted extends Question {
  readonly counts: Counts;
  /** How failures hang together: of certain ones, and with the uncertain ones among them. Undefined for a census. */
  readonly dependence?: { readonly ofBad: Dependence; readonly ofDoubtful: Dependence };
  readonly error?: string;
}

/**
 * pass if the lower bound of the good share reaches the target, fail if the upper bound misses it,
 * inconclusive otherwise and without data. Failures that come together count as the few events they are. Upper
 * bounds are such that all fails among these questions together are as sure as `level`; one question alone has
 * its plain bound. A census has no sampling error: its bounds are what was counted. An error while counting makes
 * one objective inconclusive and never takes down the rest.
 */
export function judge(questions: readonly Question[], context: Context, level = confidence): Judgement[] {
  const counted = questions.map((question) => count(question, context));
  const samples = counted.flatMap(sampleOf);
  const together = refutationConfidence(samples, level);
  const ifIndependent = refutationConfidence(
    samples.map(({ dependence, ...sample }) => sample),
    level,
  );
  return counted.map(({ counts, dependence, ...rest }) => {
    const evidence = evidenceOf(counts, dependence, together);
    const answer = answerOf(evidence, rest.objective.target);
    const looksRefuted =
      counts.total > 0 &&
      1 - badShareAtLeast(counts.bad, counts.total, ifIndependent) < rest.objective.target;
    const isSuspected = answer === 'inconclusive' && dependence !== undefined && looksRefuted;
    return { ...rest, evidence, answer, ...(isSuspected && { suspected: true }) };
  });
}

function sampleOf({ objective: { target }, counts, dependence }: Counted): Required<Sample>[] {
  if (dependence === undefined || counts.total === 0) return [];
  return [{ bad: counts.bad, total: counts.total, target, dependence: dependence.ofBad }];
}

function count(question: Question, context: Context): Counted {
  const { sli } = question.objective;
  const measure = measureOf(sli);
  try {
    const counts = measure.count(sli, question.phases, context);
    if (measure.isCensus(sli)) return { ...question, counts };
    return { ...question, counts, dependence: dependenceIn(question, counts, context) };
  } catch (error) {
    const counts = { total: 0, bad: 0, dropped: 0, uncertain: 0 };
    return { ...question, counts, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Without a failure there is nothing that could hang together, whatever the order of the good events. */
function dependenceIn(
  { objective: { sli }, phases }: Question,
  { total, bad, uncertain }: Counts,
  context: Context,
): NonNullable<Counted['dependence']> {
  const { assumedDesignEffect } = context;
  if (bad + uncertain === 0) {
    const ofBad = dependenceOf({ total: [total], bad: [0] }, { assumedDesignEffect });
    return { ofBad, ofDoubtful: ofBad };
  }
  const slices = measureOf(sli).slices(sli, phases, context);
  const ofBad = dependenceOf(slices, { assumedDesignEffect });
  if (uncertain === 0) return { ofBad, ofDoubtful: ofBad };
  const doubtful = slices.bad.map((count, index) => count + (slices.uncertain[index] ?? 0));
  return { ofBad, ofDoubtful: dependenceOf({ ...slices, bad: doubtful }, { assumedDesignEffect }) };
}

function answerOf({ lowerBound, upperBound }: Evidence, target: number): Answer {
  if (lowerBound === undefined || upperBound === undefined) return 'inconclusive';
  if (lowerBound >= target) return 'pass';
  return upperBound < target ? 'fail' : 'inconclusive';
}

function evidenceOf(
  { uncertain, ...counts }: Counts,
  dependence: Counted['dependence'],
  together: number,
): Evidence {
  const { total, bad } = counts;
  const evidence = { ...counts, ...(uncertain > 0 ? { uncertain } : {}) };
  if (total === 0) return evidence;
  const goodShare = (total - bad - uncertain) / total;
  if (dependence === undefined) {
    return { ...evidence, goodShare, lowerBound: goodShare, upperBound: (total - bad) / total };
  }
  const { ofBad, ofDoubtful } = dependence;
  return {
    ...evidence,
    goodShare,
    lowerBound: goodShareAtLeast({ bad: bad + uncertain, total }, ofDoubtful),
    upperBound: goodShareAtMost(counts, ofBad, together),
    designEffect: ofDoubtful.designEffect,
    bursts: ofDoubtful.bursts,
  };
}
