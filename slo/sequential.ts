/** Objectives by e-processes (slo/statistics/share-test.ts): valid at any time, unlike the bounds of `judge`. */
import type { Question } from './judge.ts';
import { withDoubts } from './measures/dependence.ts';
import { measureOf } from './measures/index.ts';
import { type Context, emptySlices } from './measures/measure.ts';
import { createShareTest, type Decision } from './statistics/share-test.ts';
import type { Slices } from './statistics/slices.ts';
import { timeSlicesOf } from './time-slices.ts';
import type { Objective } from './types.ts';

/**
 * Chance of a wrong decision by looking; as much again is left to the bounds at the planned end, so that both
 * together keep the 95 % of every verdict.
 */
export const alphaOfLooks = 0.025;

/**
 * A test that stops after the first clean stretch has to assume how failures cluster, as it has not seen it:
 * without, bursts of twenty pass wrongly in over half of the runs (docs/calibration.md).
 */
const leastDesignEffectOfPass = 10;

/** What each sampled objective's seconds decide so far; undefined if nothing. A census and what judges by itself are not asked. */
export function sequentialAnswers(
  questions: readonly Question[],
  context: Context,
  seconds: number,
): Map<Objective, Decision | undefined> {
  const sampled = questions.filter(({ objective: { sli } }) => {
    const measure = measureOf(sli);
    return !measure.isCensus(sli) && measure.judge === undefined;
  });
  return new Map(
    sampled.map((question) => [
      question.objective,
      answerOf(question, context, seconds, alphaOfLooks / sampled.length),
    ]),
  );
}

function answerOf(
  question: Question,
  context: Context,
  seconds: number,
  failAlpha: number,
): Decision | undefined {
  const { target } = question.objective;
  const { ofBad, ofDoubtful } = slicesOf(question, context, seconds);
  const failed = run(ofBad, { target, failAlpha, assumedDesignEffect: context.assumedDesignEffect });
  if (failed === 'fail') return 'fail';
  const assumedDesignEffect = Math.max(context.assumedDesignEffect, leastDesignEffectOfPass);
  return run(ofDoubtful, { target, failAlpha, assumedDesignEffect }) === 'pass' ? 'pass' : undefined;
}

function run(
  { total, bad }: Slices,
  options: { readonly target: number; readonly failAlpha: number; readonly assumedDesignEffect: number },
): Decision | undefined {
  const test = createShareTest({ alpha: alphaOfLooks, ...options });
  let decision: Decision | undefined;
  for (let i = 0; i < total.length && decision === undefined; i++) {
    decision = test.add(total[i] as number, bad[i] as number);
  }
  return decision;
}

/** The seconds that have arrived, or the time slices that have ended: the last ones may still be growing. */
function slicesOf({ objective, phases }: Question, context: Context, seconds: number) {
  const { sli, budgeting } = objective;
  if (budgeting !== undefined) {
    const { ofBad, ofDoubtful } = timeSlicesOf(objective, budgeting, phases, context);
    const arrived = Math.ceil(seconds) - emptySlices(phases).from;
    const ended = Math.max(0, Math.floor(arrived / budgeting.windowSeconds));
    return { ofBad: firstOf(ofBad, ended), ofDoubtful: firstOf(ofDoubtful, ended) };
  }
  const slices = measureOf(sli).slices(sli, phases, context);
  const length = Math.max(0, Math.ceil(seconds) - slices.from);
  const cut = {
    from: slices.from,
    total: slices.total.subarray(0, length),
    bad: slices.bad.subarray(0, length),
    uncertain: slices.uncertain.subarray(0, length),
  };
  return { ofBad: withDoubts(cut, 'bad'), ofDoubtful: withDoubts(cut, 'doubtful') };
}

function firstOf({ total, bad }: Slices, number: number): Slices {
  return { total: Array.from(total).slice(0, number), bad: Array.from(bad).slice(0, number) };
}
