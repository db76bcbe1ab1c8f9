/** Objectives against what was counted: the three-valued rule and its evidence. */
import type { Phase } from '../profiles/types.ts';
import { dependenceIn, type EventDependence, eventDependence } from './measures/dependence.ts';
import { measureOf } from './measures/index.ts';
import type { Context, Counts, OwnAnswer } from './measures/measure.ts';
import { badShareAtLeast, confidence } from './statistics/binomial.ts';
import { refutationConfidence, type Sample } from './statistics/holm.ts';
import { goodShareAtLeast, goodShareAtMost } from './statistics/share-bounds.ts';
import { timeSlicesOf } from './time-slices.ts';
import type { Answer, Evidence, Objective } from './types.ts';

/** An objective and the phases that it is judged in. */
export interface Question {
  readonly objective: Objective;
  readonly phases: readonly Phase[];
}

export interface Judgement extends Question {
  readonly answer: Answer;
  readonly evidence: Evidence;
  /** How its failures hang together; undefined for a census, and where a measure judges by itself. */
  readonly dependence?: EventDependence;
  /** Failures would refute the target if they were independent, but they came in too few bursts to be sure. */
  readonly suspected?: true;
  /** The answer is that of a test which allows looking at any time, not of the bounds. */
  readonly atAnyTime?: true;
  /** The one phase whose evidence made it fail, where the whole run left it open. */
  readonly decidedIn?: { readonly phase: string; readonly evidence: Evidence };
  /** Why the events could not be counted. */
  readonly error?: string;
}

const noEvents: Counts = { total: 0, bad: 0, dropped: 0, uncertain: 0 };

interface Counted extends Question {
  readonly counts: Counts;
  /** Undefined for a census, and where a measure judges by itself. */
  readonly dependence?: EventDependence;
  readonly own?: OwnAnswer;
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
  const counted = questions.map((question) => countOnce(question, context));
  const samples = counted.flatMap(sampleOf);
  const together = refutationConfidence(samples, level);
  const ifIndependent = refutationConfidence(
    samples.map(({ dependence, ...sample }) => sample),
    level,
  );
  return counted.map(({ counts, dependence, own, ...rest }) => {
    if (own !== undefined) return { ...rest, ...own };
    const evidence = evidenceOf(counts, dependence, { together, level });
    const answer = answerOf(evidence, rest.objective.target);
    const looksRefuted =
      counts.total > 0 &&
      1 - badShareAtLeast(counts.bad, counts.total, ifIndependent) < rest.objective.target;
    const isSuspected = answer === 'inconclusive' && dependence !== undefined && looksRefuted;
    return {
      ...{ ...rest, evidence, answer },
      ...(dependence && { dependence }),
      ...(isSuspected && { suspected: true }),
    };
  });
}

function sampleOf({ objective: { target }, counts, dependence }: Counted): Required<Sample>[] {
  if (dependence === undefined || counts.total === 0) return [];
  return [{ bad: counts.bad, total: counts.total, target, dependence: dependence.ofBad }];
}

/** One context holds one state of a run, in which a question is asked several times: by itself and among others. */
const answered = new WeakMap<Context, Map<string, Counted>>();

function countOnce(question: Question, context: Context): Counted {
  const known = answered.get(context) ?? new Map<string, Counted>();
  answered.set(context, known);
  const key = [question.objective.id, ...question.phases.map(({ name }) => name)].join('\u0000');
  const counted = known.get(key) ?? count(question, context);
  known.set(key, counted);
  return counted;
}

function count(question: Question, context: Context): Counted {
  const { objective, phases } = question;
  const { sli, budgeting } = objective;
  const measure = measureOf(sli);
  try {
    const own = measure.judge?.(sli, objective.target, phases, context);
    if (own !== undefined) return { ...question, counts: noEvents, own };
    if (budgeting !== undefined) {
      const { counts, ofBad, ofDoubtful } = timeSlicesOf(objective, budgeting, phases, context);
      return { ...question, counts, dependence: dependenceIn(counts, ofBad, ofDoubtful, context) };
    }
    const counts = measure.count(sli, phases, context);
    if (measure.isCensus(sli)) return { ...question, counts };
    return { ...question, counts, dependence: eventDependence(measure, sli, phases, counts, context) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...question, counts: noEvents, error: message };
  }
}

function answerOf({ lowerBound, upperBound }: Evidence, target: number): Answer {
  if (lowerBound === undefined || upperBound === undefined) return 'inconclusive';
  if (lowerBound >= target) return 'pass';
  return upperBound < target ? 'fail' : 'inconclusive';
}

function evidenceOf(
  { uncertain, ...counts }: Counts,
  dependence: Counted['dependence'],
  { together, level }: { readonly together: number; readonly level: number },
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
    lowerBound: goodShareAtLeast({ bad: bad + uncertain, total }, ofDoubtful, level),
    upperBound: goodShareAtMost(counts, ofBad, together),
    designEffect: ofDoubtful.designEffect,
    bursts: ofDoubtful.bursts,
  };
}
