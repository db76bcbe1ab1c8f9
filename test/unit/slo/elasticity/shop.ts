/** A shop whose load rises from 1x to 4x and falls again, and replicas that may follow. */
import type { LoadPlan, Phase } from '../../../../profiles/types.ts';
import { judgeElasticity } from '../../../../slo/elasticity/judge-elasticity.ts';
import type { StepOutcome } from '../../../../slo/elasticity/types.ts';
import type { Measurements, ReplicaSeries } from '../../../../slo/measurements.ts';
import { nothingMeasured, objective, plan as rush } from '../fixtures.ts';

function phase(name: string, startSecond: number, endSecond: number, from: number, to: number): Phase {
  const kind = from === to ? 'hold' : 'ramp';
  return {
    ...{ name, kind, startSecond, endSecond, fromMultiplier: from, toMultiplier: to },
    role: name === 'warmup' ? 'warm-up' : 'judged',
  };
}

export const runSeconds = 100;

export const plan: LoadPlan = {
  ...rush,
  durationSeconds: runSeconds,
  environment: {
    ...rush.environment,
    replicas: { services: ['till', 'shelf'], budgetSecondsPer1000: 500 },
  },
  phases: [
    phase('warmup', 0, 5, 1, 1),
    phase('low', 5, 30, 1, 1),
    phase('rise', 30, 32, 1, 4),
    phase('high', 32, 60, 4, 4),
    phase('fall', 60, 62, 4, 1),
    phase('low-again', 62, 100, 1, 1),
  ],
  elasticity: { noun: 'payments', route: 'till.pay' },
};

/** Ten payments a second, of which so many fail. */
export function payments(failing: (second: number) => number): Measurements['requests'] {
  const seconds = Array.from({ length: runSeconds }, (_, second) => second);
  const series = (outcome: string, counts: number[]) => ({
    ...{ service: 'till', route: 'till.pay', phase: 'low', outcome, from: 0, counts },
  });
  const bad = seconds.map(failing);
  return [
    series(
      'ok',
      bad.map((count) => 10 - count),
    ),
    series('error', bad),
  ];
}

/** `[[0, 1], [35, 3]]`: one replica from second 0, three from second 35 on. */
export function replicas(
  service: string,
  changes: readonly (readonly [number, number | null])[],
): ReplicaSeries {
  const counts = Array.from({ length: runSeconds }, (_, second) => {
    const change = changes.findLast(([from]) => from <= second);
    return change === undefined ? null : change[1];
  });
  return { service, counts };
}

/** The till follows: two more three seconds after the rise begins, of which one is too many; all leave 20 s after the fall. */
export const following = [
  replicas('till', [
    [0, 1],
    [33, 4],
    [45, 3],
    [80, 1],
  ]),
  replicas('shelf', [[0, 1]]),
];

export function measured(changes: Partial<Measurements> = {}): Measurements {
  return {
    ...nothingMeasured,
    measuredSeconds: runSeconds,
    requests: payments(() => 0),
    replicas: following,
    ...changes,
  };
}

export const objectives = [objective()];

export function judged(changes: Partial<Measurements> = {}, planned: LoadPlan = plan) {
  const report = judgeElasticity(planned, measured(changes), objectives);
  if (report === undefined) throw new Error('nothing was judged');
  return report;
}

/** Of low, high and low again. */
export function stepsOf(changes: Partial<Measurements> = {}): [StepOutcome, StepOutcome, StepOutcome] {
  const [low, high, again] = judged(changes).steps;
  if (low === undefined || high === undefined || again === undefined) throw new Error('a step is missing');
  return [low, high, again];
}
