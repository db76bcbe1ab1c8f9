/** The rules that are compared. Each answers for all objectives of a run. */
import { badShareAtLeast, badShareAtMost, confidence } from '../../slo/statistics/binomial.ts';
import { dependenceOf } from '../../slo/statistics/dependence.ts';
import { refutationConfidence } from '../../slo/statistics/holm.ts';
import { goodShareAtLeast, goodShareAtMost } from '../../slo/statistics/share-bounds.ts';
import { createShareTest } from '../../slo/statistics/share-test.ts';
import type { Slices } from '../../slo/statistics/slices.ts';
import type { Answer } from '../../slo/types.ts';
import type { Cell } from './cells.ts';
import type { Observed } from './processes.ts';

export interface Answered {
  readonly answer: Answer;
  /** Seconds of the run that were used. */
  readonly seconds: number;
}

type Method = (runs: readonly Observed[], cell: Cell) => Answered[];

export const methods = {
  /** The observed share against the target, as k6, Gatling, Artillery, Keptn and Flagger compare. */
  point: eachByBounds((bad, total) => [1 - bad / total, 1 - bad / total]),
  /** Clopper–Pearson as if requests were independent, each objective by itself. */
  clopperPearson: eachByBounds((bad, total) => [
    1 - badShareAtMost(bad, total),
    1 - badShareAtLeast(bad, total),
  ]),
  wilson: eachByBounds((bad, total) => wilson(bad, total)),
  fixed: (runs, cell) => peakproof(runs, cell),
  early: (runs, cell) => runs.map((run) => stoppedEarly(run, cell)),
} satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
export const methodNames = Object.keys(methods) as MethodName[];

function eachByBounds(bounds: (bad: number, total: number) => readonly [number, number]): Method {
  return (runs, { target, seconds }) =>
    runs.map(({ forPass, forFail }) => {
      const [lower] = bounds(sum(forPass.bad), sum(forPass.total));
      const [, upper] = bounds(sum(forFail.bad), sum(forFail.total));
      return { answer: answerOf(lower, upper, target), seconds };
    });
}

function answerOf(lower: number, upper: number, target: number): Answer {
  if (lower >= target) return 'pass';
  return upper < target ? 'fail' : 'inconclusive';
}

/** One-sided score bounds at 95 % (Wilson 1927). */
function wilson(bad: number, total: number): readonly [number, number] {
  const z = 1.6448536269514722;
  const centre = (bad + z ** 2 / 2) / (total + z ** 2);
  const reach = (z / (total + z ** 2)) * Math.sqrt((bad * (total - bad)) / total + z ** 2 / 4);
  return [1 - centre - reach, 1 - centre + reach];
}

/** The rule of slo/judge.ts: bounds with dependence, refutations by Holm. */
function peakproof(runs: readonly Observed[], { target, seconds, assumedDesignEffect }: Cell): Answered[] {
  const samples = runs.map(({ forPass, forFail }) => ({
    pass: sampleOf(forPass, target, assumedDesignEffect),
    fail: sampleOf(forFail, target, assumedDesignEffect),
  }));
  const level = refutationConfidence(
    samples.map(({ fail }) => fail),
    confidence,
  );
  return samples.map(({ pass, fail }) => ({
    answer: answerOf(
      goodShareAtLeast(pass, pass.dependence),
      goodShareAtMost(fail, fail.dependence, level),
      target,
    ),
    seconds,
  }));
}

function sampleOf(slices: Slices, target: number, assumedDesignEffect: number) {
  const dependence = dependenceOf(slices, { assumedDesignEffect });
  return { bad: sum(slices.bad), total: sum(slices.total), target, dependence };
}

function stoppedEarly({ forPass }: Observed, cell: Cell): Answered {
  const { target, assumedDesignEffect, objectives = 1 } = cell;
  const alpha = 1 - confidence;
  const shareTest = createShareTest({ target, alpha, failAlpha: alpha / objectives, assumedDesignEffect });
  for (let second = 0; second < cell.seconds; second += 1) {
    const answer = shareTest.add(forPass.total[second] as number, forPass.bad[second] as number);
    if (answer !== undefined) return { answer, seconds: second + 1 };
  }
  return { answer: 'inconclusive', seconds: cell.seconds };
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index += 1) total += values[index] as number;
  return total;
}
