import type { RouteKey, ScenarioTraffic } from '../scenarios/model.ts';
import type { LoadPlan, Phase, PlannedScenario, RatePoint } from './types.ts';

/** Iterations per second over time, as a piecewise linear function, at the environment's scale. */
export function arrivalOf(traffic: ScenarioTraffic, phases: readonly Phase[], scale: number): RatePoint[] {
  const base = traffic.iterationsPerSecondAt1x * scale;
  const end = phases.at(-1)?.endSecond ?? 0;
  if (traffic.shape === 'steady') return [point(0, base), point(end, base)];
  const points = phases.flatMap((phase) => {
    const factor = base * (traffic.boostIn?.[phase.name] ?? 1);
    return [
      point(phase.startSecond, factor * phase.fromMultiplier),
      point(phase.endSecond, factor * phase.toMultiplier),
    ];
  });
  const lag = traffic.shape === 'lagged' ? (traffic.lagSeconds ?? 0) : 0;
  return simplify(lag > 0 ? delay(points, lag, end) : points);
}

function point(second: number, ratePerSecond: number): RatePoint {
  return { second, ratePerSecond };
}

/** Moves a curve to the right: it starts at its first rate and is cut off at `end`. */
function delay(points: readonly RatePoint[], lagSeconds: number, end: number): RatePoint[] {
  const first = points[0];
  if (first === undefined) return [];
  const moved = points.map((p) => point(p.second + lagSeconds, p.ratePerSecond));
  const kept = moved.filter((p) => p.second < end);
  return [point(0, first.ratePerSecond), ...kept, point(end, rateAt(moved, end))];
}

/** Drops points that repeat their neighbours. */
function simplify(points: readonly RatePoint[]): RatePoint[] {
  return points.filter((p, index) => {
    const before = points[index - 1];
    return before === undefined || before.second !== p.second || before.ratePerSecond !== p.ratePerSecond;
  });
}

/** The rate at a second; at a step, the rate after it. */
export function rateAt(points: readonly RatePoint[], second: number): number {
  let before: RatePoint | undefined;
  for (const p of points) {
    if (p.second > second) return before === undefined ? 0 : interpolate(before, p, second);
    before = p;
  }
  return before?.ratePerSecond ?? 0;
}

function interpolate(from: RatePoint, to: RatePoint, second: number): number {
  const share = (second - from.second) / (to.second - from.second);
  return from.ratePerSecond + share * (to.ratePerSecond - from.ratePerSecond);
}

/** Iterations that start between two seconds: the integral of the arrival rate (trapezoids, exact). */
export function iterationsBetween(
  points: readonly RatePoint[],
  fromSecond: number,
  toSecond: number,
): number {
  let total = 0;
  for (const [index, to] of points.entries()) {
    const from = points[index - 1];
    if (from === undefined) continue;
    const start = Math.max(from.second, fromSecond);
    const end = Math.min(to.second, toSecond);
    if (end <= start) continue;
    total += ((interpolate(from, to, start) + interpolate(from, to, end)) / 2) * (end - start);
  }
  return total;
}

export interface ExpectedRequests {
  readonly phase: string;
  readonly scenario: string;
  readonly route: RouteKey;
  readonly count: number;
}

/** Requests that the plan will send on average, per phase, scenario and route. */
export function expectedRequests(plan: LoadPlan): ExpectedRequests[] {
  return plan.phases.flatMap((phase) =>
    plan.scenarios.flatMap((scenario) => {
      const iterations = iterationsBetween(scenario.arrival, phase.startSecond, phase.endSecond);
      return Object.entries(scenario.requestsPerIteration).map(([route, requests]) => ({
        phase: phase.name,
        scenario: scenario.name,
        route,
        count: iterations * requests,
      }));
    }),
  );
}

/** Requests per second that the plan wants at a second, over all scenarios. */
export function plannedRequestsPerSecond(plan: LoadPlan, second: number): number {
  return plan.scenarios.reduce(
    (sum, scenario) => sum + rateAt(scenario.arrival, second) * perIteration(scenario),
    0,
  );
}

function perIteration(scenario: PlannedScenario): number {
  return Object.values(scenario.requestsPerIteration).reduce((sum, requests) => sum + requests, 0);
}
