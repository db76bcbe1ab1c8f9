/** The state of a running rehearsal as Prometheus metrics, so that the Grafana people already have can draw it. */
import { Gauge, Registry } from 'prom-client';
import type { LiveSnapshot } from '../types.ts';

export interface LiveMetrics {
  readonly registry: Registry;
  readonly record: (snapshot: LiveSnapshot) => void;
}

/** Objectives are all exported from the start: a series that appears only when it is bad cannot be alerted on. */
export function createLiveMetrics(objectiveIds: readonly string[]): LiveMetrics {
  const registry = new Registry();
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge({ name: `peakproof_${name}`, help, labelNames, registers: [registry] });
  const planned = gauge('planned_requests_per_second', 'Arrival rate of the plan, now.');
  const achieved = gauge('achieved_requests_per_second', 'Requests of the last whole second.');
  const latency = gauge('request_duration_seconds', 'Quantiles of recent response times.', ['quantile']);
  const multiplier = gauge('load_multiplier', 'Multiple of normal load.', ['phase']);
  const requests = gauge('requests', 'Requests since the start.');
  const errors = gauge('request_errors', 'Requests that broke their contract since the start.');
  const dropped = gauge('dropped_iterations', 'Iterations that found no free VU since the start.');
  const vus = gauge('vus', 'Virtual users in use.');
  const busy = gauge('machine_busy_ratio', 'Busy share of the machine that generates load, 0 to 1.');
  const state = gauge(
    'objective_state',
    'How an objective stands now: 1 for its state, 0 for the others; all 0 until something was measured.',
    ['objective', 'state'],
  );
  return {
    registry,
    record(now) {
      planned.set(now.plannedRequestsPerSecond);
      achieved.set(now.achievedRequestsPerSecond);
      for (const [quantile, ms] of [
        ['0.5', now.p50Ms],
        ['0.95', now.p95Ms],
        ['0.99', now.p99Ms],
      ] as const) {
        if (ms !== undefined) latency.set({ quantile }, ms / 1000);
      }
      multiplier.reset();
      multiplier.set({ phase: now.phase }, now.multiplier);
      requests.set(now.requests);
      errors.set(now.errors);
      dropped.set(now.dropped);
      vus.set(now.vus);
      // Not known is not idle.
      busy.set(now.generatorBusyShare ?? Number.NaN);
      for (const [label, ids] of statesOf(now)) {
        for (const objective of objectiveIds) {
          state.set({ objective, state: label }, ids.includes(objective) ? 1 : 0);
        }
      }
    },
  };
}

/** A state set, as OpenMetrics has it: one series a state, so that an alert names the state it means. */
function statesOf({
  objectives,
}: LiveSnapshot): readonly (readonly [label: string, ids: readonly string[]])[] {
  return [
    ['held', objectives.held],
    ['at_risk', objectives.atRisk],
    ['broken', objectives.broken],
  ];
}
