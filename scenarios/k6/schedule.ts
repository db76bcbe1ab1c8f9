/** From a plan to k6's terms: executors from arrival points, and the phase of a moment. */
import type { LoadPlan, Phase, PlannedScenario, RatePoint } from '../../profiles/types.ts';

/** k6 takes whole iterations per time unit; a long unit keeps a rate of 0.084/s exact to five digits. */
const timeUnitSeconds = 100_000;

/** An idle end: without it k6 may or may not start an iteration that is due in the very last millisecond. */
const idleEnd = [
  { target: 0, duration: '0ms' },
  { target: 0, duration: '200ms' },
] as const;

export interface ArrivalRateExecutor {
  readonly executor: 'ramping-arrival-rate';
  readonly exec: string;
  readonly startRate: number;
  readonly timeUnit: string;
  readonly stages: { readonly target: number; readonly duration: string }[];
  readonly preAllocatedVUs: number;
  readonly maxVUs: number;
  readonly gracefulStop: string;
}

/**
 * The open-model executor of one scenario. Rates are piecewise linear between `arrival` points; two
 * points with one second are a step, a stage of no duration. `exec` names the exported function.
 */
export function executorOf(scenario: PlannedScenario, exec: string): ArrivalRateExecutor {
  const [first, ...rest] = scenario.arrival;
  if (first === undefined) throw new RangeError(`${scenario.name}: the plan has no arrival rate`);
  let second = first.second;
  const stages = rest.map((point) => {
    const milliseconds = Math.round((point.second - second) * 1000);
    second = point.second;
    return { target: ratePerUnit(point), duration: `${milliseconds}ms` };
  });
  return {
    executor: 'ramping-arrival-rate',
    exec,
    startRate: ratePerUnit(first),
    timeUnit: `${timeUnitSeconds}s`,
    stages: [...stages, ...idleEnd],
    preAllocatedVUs: scenario.vus,
    maxVUs: scenario.vus,
    gracefulStop: '3s',
  };
}

function ratePerUnit(point: RatePoint): number {
  return Math.round(point.ratePerSecond * timeUnitSeconds);
}

export interface PhaseSpan {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * The phase at `elapsedMs` since the plan's start, with the span in which it holds. After the plan's end
 * (requests that finish in the grace period) it stays the last one.
 */
export function phaseAt(phases: LoadPlan['phases'], elapsedMs: number): PhaseSpan {
  const last = phases.length - 1;
  const found = phases.findIndex((phase) => elapsedMs < phase.endSecond * 1000);
  const index = found < 0 ? last : found;
  const phase = phases[index] as Phase;
  return {
    name: phase.name,
    startMs: index === 0 ? Number.NEGATIVE_INFINITY : phase.startSecond * 1000,
    endMs: index === last ? Number.POSITIVE_INFINITY : phase.endSecond * 1000,
  };
}
