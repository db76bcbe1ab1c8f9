/** What an evaluation or a look at a running one is made over. */
import type { LoadPlan } from '../profiles/types.ts';
import { judge } from './judge.ts';
import type { Measurements } from './measurements.ts';
import type { Context } from './measures/measure.ts';
import { phasesOf } from './scope.ts';
import { tally } from './tally.ts';
import type { Objective } from './types.ts';

/** What measures may look at: the capacity promise asks how its fellow objectives stand in its phases. */
export function contextOf(
  plan: LoadPlan,
  measurements: Measurements,
  blocking: readonly Objective[],
  { assumedDesignEffect = 1, drills }: Partial<Pick<Context, 'assumedDesignEffect' | 'drills'>> = {},
): Context {
  const fellows = blocking.filter(({ sli }) => sli.measure === 'requests' || sli.measure === 'journeys');
  const context: Context = {
    plan,
    tally: tally(plan, measurements),
    assumedDesignEffect,
    ...(drills && { drills }),
    answersIn: (phases) => {
      const questions = fellows.map((objective) => ({
        objective,
        phases: phasesOf(plan, objective.sli).filter((phase) => phases.includes(phase)),
      }));
      return judge(questions, context).map(({ objective, answer }) => ({ id: objective.id, answer }));
    },
  };
  return context;
}
