/**
 * One plan for two systems that take turns: what disturbs the machine then disturbs both. After the warm-up,
 * which both have, the sides change in the order A B B A, so that a steady drift favours neither.
 */
import { rateAt } from './arrival.ts';
import type { LoadPlan, RatePoint } from './types.ts';

export type InterleaveSide = NonNullable<LoadPlan['interleave']>['side'];

/** Length of a turn: shorter than most disturbances, longer than what the other side's last requests need. */
export const turnSeconds = 6;

export interface Turn {
  readonly fromSecond: number;
  /** Exclusive. */
  readonly toSecond: number;
}

/** The plan of one side: the same phases and rates, and no iteration starts in the other side's turns. */
export function interleave(plan: LoadPlan, side: InterleaveSide): LoadPlan {
  const turns = turnsOf(plan, side);
  return {
    ...plan,
    interleave: { side, turnSeconds },
    scenarios: plan.scenarios.map((scenario) => ({
      ...scenario,
      arrival: during(scenario.arrival, warmUpEnd(plan), turns, plan.durationSeconds),
    })),
  };
}

/** A side's turns after the warm-up, in order. */
export function turnsOf(plan: LoadPlan, side: InterleaveSide): Turn[] {
  const start = warmUpEnd(plan);
  const count = Math.ceil((plan.durationSeconds - start) / turnSeconds);
  return Array.from({ length: count }, (_, index) => index)
    .filter((index) => (index % 4 === 0 || index % 4 === 3) === (side === 'baseline'))
    .map((index) => ({
      fromSecond: start + index * turnSeconds,
      toSecond: Math.min(plan.durationSeconds, start + (index + 1) * turnSeconds),
    }));
}

function warmUpEnd({ phases }: LoadPlan): number {
  return Math.max(0, ...phases.filter(({ role }) => role === 'warm-up').map(({ endSecond }) => endSecond));
}

/** Just before a step. */
const momentSeconds = 1e-6;

/** A curve that is zero outside of warm-up and turns. */
function during(
  arrival: readonly RatePoint[],
  warmUpSeconds: number,
  turns: readonly Turn[],
  endSecond: number,
): RatePoint[] {
  const spans = warmUpSeconds > 0 ? [{ fromSecond: 0, toSecond: warmUpSeconds }, ...turns] : turns;
  const on = spans.flatMap(({ fromSecond, toSecond }) => [
    { second: fromSecond, ratePerSecond: 0 },
    { second: fromSecond, ratePerSecond: rateAt(arrival, fromSecond) },
    ...arrival.filter(({ second }) => second > fromSecond && second < toSecond),
    { second: toSecond, ratePerSecond: rateAt(arrival, toSecond - momentSeconds) },
    { second: toSecond, ratePerSecond: 0 },
  ]);
  return [{ second: 0, ratePerSecond: 0 }, ...on, { second: endSecond, ratePerSecond: 0 }];
}
