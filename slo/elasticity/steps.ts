/** The steps of a plan: each hold with the ramp that leads to it. */
import type { LoadPlan } from '../../profiles/types.ts';
import type { StepOutcome } from './types.ts';

export type LoadStep = Pick<
  StepOutcome,
  'phase' | 'kind' | 'multiplier' | 'fromSecond' | 'reachedSecond' | 'endSecond'
>;

/** In the order of time, without the warm-up. The first is where load starts from. */
export function stepsOf({ phases }: Pick<LoadPlan, 'phases'>): LoadStep[] {
  const steps: LoadStep[] = [];
  phases.forEach(({ kind, role, name, startSecond, endSecond, toMultiplier }, index) => {
    if (kind !== 'hold' || role === 'warm-up') return;
    const [before, previous] = [phases[index - 1], steps.at(-1)];
    const ramp = previous !== undefined && before?.kind === 'ramp' ? before : undefined;
    steps.push({
      phase: name,
      kind: previous === undefined ? 'start' : toMultiplier < previous.multiplier ? 'down' : 'up',
      multiplier: toMultiplier,
      fromSecond: ramp?.startSecond ?? startSecond,
      reachedSecond: startSecond,
      endSecond,
    });
  });
  return steps;
}
