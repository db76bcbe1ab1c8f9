/** Up to which multiple of normal load the promises held. */
import { iterationsBetween } from '../profiles/arrival.ts';
import type { LoadPlan, Phase } from '../profiles/types.ts';
import type { Measurements } from './measurements.ts';
import { totalOf } from './series.ts';
import type { Answer } from './types.ts';

/** A hold phase in which more of the planned iterations than this were dropped did not carry its load. */
const tolerableDroppedShare = 0.01;

/** A blocking objective's answer in one phase. */
export interface AnswerInPhase {
  readonly phase: string;
  readonly answer: Answer;
}

/**
 * Highest multiple such that it and every lower hold was measured to its end, no blocking objective failed
 * in any of them, and next to nothing was dropped. Short holds seldom prove an objective, so "did not fail"
 * is what is asked here; what is proven, the objectives say themselves. Undefined if not even the lowest held.
 */
export function highestMultipleHeld(
  plan: LoadPlan,
  measurements: Measurements,
  answers: readonly AnswerInPhase[],
): number | undefined {
  const holds = plan.phases.filter((phase) => phase.role !== 'warm-up' && phase.kind === 'hold');
  const multiples = [...new Set(holds.map((phase) => phase.toMultiplier))].sort((a, b) => a - b);
  let highest: number | undefined;
  for (const multiple of multiples) {
    const atMultiple = holds.filter((phase) => phase.toMultiplier === multiple);
    const isComplete = atMultiple.every(
      (phase) =>
        measurements.measuredSeconds >= Math.floor(phase.endSecond) ||
        (measurements.end === 'stopped-when-decided' && measurements.measuredSeconds > phase.startSecond),
    );
    if (!isComplete || !atMultiple.every((phase) => isHeld(phase, plan, measurements, answers))) break;
    highest = multiple;
  }
  return highest;
}

/** Whether one phase was loaded without a failed objective or many dropped iterations. */
export function isHeld(
  phase: Phase,
  plan: LoadPlan,
  measurements: Measurements,
  answers: readonly AnswerInPhase[],
): boolean {
  const failed = answers.some((item) => item.phase === phase.name && item.answer === 'fail');
  // What is excused in drills is still there, with counts of 0.
  const isLoaded = measurements.requests.some((row) => row.phase === phase.name && totalOf(row) > 0);
  return isLoaded && !failed && droppedShare(phase, plan, measurements) <= tolerableDroppedShare;
}

function droppedShare(phase: Phase, plan: LoadPlan, { drops }: Measurements): number {
  const inPhase = drops.filter((series) => series.phase === phase.name);
  const dropped = inPhase.reduce((sum, series) => sum + totalOf(series), 0);
  return dropped === 0 ? 0 : dropped / plannedIterations(phase, plan);
}

function plannedIterations({ startSecond, endSecond }: Phase, plan: LoadPlan): number {
  return plan.scenarios.reduce(
    (sum, { arrival }) => sum + iterationsBetween(arrival, startSecond, endSecond),
    0,
  );
}
