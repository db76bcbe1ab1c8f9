/** When a closed loop has found what a service can do. Pure: the runner measures, this says how to go on. */
import { fitUsl } from '../statistics/usl.ts';
import type { Capacity, CapacityStep } from './types.ts';

/** Growth that is worth another doubling. */
const leastGrowth = 0.03;
/** Two doublings without growth: one may be the machine's mood. */
const flatStepsToStop = 2;
/** The law has three parameters: fewer steps would leave it without an interval. */
const fewestSteps = 5;
const mostConnections = 512;
/** Within so much of the best step, fewer connections are the better choice. */
const nearBest = 0.97;
/** From here on the generator cannot have sent more. */
const saturatedShare = 0.92;
/** What fails is no capacity: a server that refuses quickly would look fast. */
export const mostFailed = 0.01;

export function isServing({ failedShare }: CapacityStep): boolean {
  return failedShare <= mostFailed;
}

/** Connections of the next step; undefined if throughput has stopped growing. */
export function nextConnections(steps: readonly CapacityStep[]): number | undefined {
  const last = steps.at(-1);
  if (last === undefined) return 1;
  const grown = steps.map((step, index) => index === 0 || hasGrown(steps.slice(0, index), step));
  const isFlat = grown.slice(-flatStepsToStop).every((it) => !it);
  if (isFlat && steps.length >= fewestSteps) return undefined;
  const next = last.connections * 2;
  return next > mostConnections ? undefined : next;
}

/** Above every step before by more than noise: its interval lies above the best one's mean, and by enough. */
function hasGrown(before: readonly CapacityStep[], { perSecond }: CapacityStep): boolean {
  const best = Math.max(...before.map((step) => step.perSecond.value));
  return perSecond.value >= best * (1 + leastGrowth) && (perSecond.low ?? perSecond.value) > best;
}

/** The fewest connections that come near the best step; undefined if the service did not serve in any. */
export function kneeStep(steps: readonly CapacityStep[]): CapacityStep | undefined {
  const serving = steps.filter(isServing);
  const best = Math.max(...serving.map((step) => step.perSecond.value));
  return serving.find((step) => step.perSecond.value >= best * nearBest);
}

/** `confirmed` was measured at the knee's connections, after all steps. */
export function capacityOf(steps: readonly CapacityStep[], confirmed: CapacityStep): Capacity {
  const one = steps[0]?.perSecond.value ?? 0;
  const usl = fitUsl(
    steps
      .filter(isServing)
      .map(({ connections, perSecond }) => ({ concurrency: connections, perSecond: perSecond.value })),
  );
  return {
    steps,
    confirmed,
    isLowerBound: confirmed.generatorBusyShare >= saturatedShare,
    kneeConnections: one > 0 ? Math.max(1, confirmed.perSecond.value / one) : 1,
    ...(usl === undefined ? {} : { usl }),
  };
}
