/** The figures of a plan that a person asks for before anything is sent. */
import { expectedRequests } from '../../profiles/arrival.ts';
import type { LoadPlan, Phase } from '../../profiles/types.ts';
import { type Sufficiency, sufficiency } from '../../slo/sufficiency.ts';
import type { Objective } from '../../slo/types.ts';

/** Mean load over a stretch of time: at the target's scale, and what that stands for at full scale. */
export interface Load {
  readonly requests: number;
  readonly ratePerSecond: number;
  readonly fullScaleRatePerSecond: number;
}

export interface PhaseLoad extends Load {
  readonly phase: Phase;
}

export interface ServiceLoad {
  readonly service: string;
  readonly requests: number;
  /** In the phase that loads this service most. */
  readonly busiest: Load;
  readonly byPhase: Readonly<Record<string, Load>>;
}

export interface ScenarioLoad {
  readonly scenario: string;
  readonly highestIterationsPerSecond: number;
  readonly vus: number;
}

export interface PlanSummary {
  readonly requests: number;
  readonly vus: number;
  readonly phases: readonly PhaseLoad[];
  readonly services: readonly ServiceLoad[];
  readonly scenarios: readonly ScenarioLoad[];
  readonly objectives: readonly Sufficiency[];
}

export function summarisePlan(plan: LoadPlan, objectives: readonly Objective[]): PlanSummary {
  const counts = countRequests(plan);
  const phases = plan.phases.map((phase): PhaseLoad => {
    const requests = sum([...counts.values()].map((byPhase) => byPhase.get(phase.name) ?? 0));
    return { phase, ...loadOf(requests, phase, plan.environment.scale) };
  });
  return {
    requests: sum(phases.map((phase) => phase.requests)),
    vus: sum(plan.scenarios.map((scenario) => scenario.vus)),
    phases,
    services: [...counts].map(([service, byPhase]) => serviceLoad(service, byPhase, plan)),
    scenarios: plan.scenarios.map(({ name, arrival, vus }) => ({
      scenario: name,
      highestIterationsPerSecond: Math.max(...arrival.map((point) => point.ratePerSecond)),
      vus,
    })),
    objectives: sufficiency(plan, objectives),
  };
}

/** Mean number of requests per service and phase. */
function countRequests(plan: LoadPlan): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const { phase, route, count } of expectedRequests(plan)) {
    const service = route.slice(0, route.indexOf('.'));
    const byPhase = counts.get(service) ?? new Map<string, number>();
    byPhase.set(phase, (byPhase.get(phase) ?? 0) + count);
    counts.set(service, byPhase);
  }
  return counts;
}

function serviceLoad(service: string, counts: ReadonlyMap<string, number>, plan: LoadPlan): ServiceLoad {
  const loads = plan.phases.map(
    (phase) => [phase.name, loadOf(counts.get(phase.name) ?? 0, phase, plan.environment.scale)] as const,
  );
  const busiest = loads.reduce(
    (most, [, load]) => (load.ratePerSecond > most.ratePerSecond ? load : most),
    noLoad,
  );
  return {
    service,
    requests: sum([...counts.values()]),
    busiest,
    byPhase: Object.fromEntries(loads),
  };
}

const noLoad: Load = { requests: 0, ratePerSecond: 0, fullScaleRatePerSecond: 0 };

function loadOf(requests: number, phase: Phase, scale: number): Load {
  const ratePerSecond = requests / (phase.endSecond - phase.startSecond);
  return { requests, ratePerSecond, fullScaleRatePerSecond: ratePerSecond / scale };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
