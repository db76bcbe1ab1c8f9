import type { PhaseSpec, Profile, UnitOfWork } from './types.ts';

/** Multiples of normal load, and how long each is held. On the way down a hold outlasts the wait before replicas leave. */
const steps = [
  { multiplier: 1, holdSeconds: 15 },
  { multiplier: 4, holdSeconds: 20 },
  { multiplier: 7, holdSeconds: 25 },
  { multiplier: 10, holdSeconds: 30 },
  { multiplier: 7, holdSeconds: 40 },
  { multiplier: 4, holdSeconds: 40 },
  { multiplier: 1, holdSeconds: 35 },
] as const;

const rampSeconds = 2;

/** Load up to 10x and down again in steps. @param work what the system is paid for, and the route that does one unit of it. */
export function elasticity(work: UnitOfWork): Profile {
  return {
    name: 'elasticity',
    description: '1x, 4x, 7x, 10x and down again, to see replicas follow the load; under 4 minutes',
    phases: [{ name: 'warmup', kind: 'hold', seconds: 5, multiplier: 1 }, ...phasesOfSteps()],
    elasticity: work,
  };
}

function phasesOfSteps(): PhaseSpec[] {
  const highest = Math.max(...steps.map(({ multiplier }) => multiplier));
  const top = steps.findIndex(({ multiplier }) => multiplier === highest);
  return steps.flatMap(({ multiplier, holdSeconds }, index): PhaseSpec[] => {
    const name = `${multiplier}x${index > top ? '-down' : ''}`;
    const hold: PhaseSpec = { name, kind: 'hold', seconds: holdSeconds, multiplier };
    return index === 0
      ? [hold]
      : [{ name: `to-${name}`, kind: 'ramp', seconds: rampSeconds, multiplier }, hold];
  });
}
