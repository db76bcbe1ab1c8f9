/** How much of the day comes to one service at its busiest moment. */
import type { RouteKey } from '../scenarios/model.ts';
import { rateAt } from './arrival.ts';
import { highestMultiple } from './plan.ts';
import type { LoadPlan, PlannedScenario } from './types.ts';

export interface ServicePeak {
  readonly ratePerSecond: number;
  /** Multiple of normal load that the plan comes to. */
  readonly multiplier: number;
}

/**
 * Clients' requests per second to a service at the plan's busiest moment, over all scenarios. What other services
 * ask of it is no part of the traffic model.
 */
export function servicePeak(plan: LoadPlan, service: string): ServicePeak {
  const shares = plan.scenarios.map((scenario) => ({ scenario, requests: requestsTo(service, scenario) }));
  // Rates are piecewise linear, so that their sum is highest at one of the points, or just before a step there.
  const seconds = plan.scenarios.flatMap(({ arrival }) => arrival.map(({ second }) => second));
  const moments = [...new Set(seconds.flatMap((second) => [second, second - 1e-6]))];
  const rateIn = (second: number) =>
    shares.reduce((sum, { scenario, requests }) => sum + requests * rateAt(scenario.arrival, second), 0);
  return { ratePerSecond: Math.max(0, ...moments.map(rateIn)), multiplier: highestMultiple(plan) };
}

function requestsTo(service: string, { requestsPerIteration }: PlannedScenario): number {
  return Object.entries(requestsPerIteration)
    .filter(([route]: [RouteKey, number]) => route.startsWith(`${service}.`))
    .reduce((sum, [, requests]) => sum + requests, 0);
}
