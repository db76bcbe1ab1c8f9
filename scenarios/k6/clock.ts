/** Second 0 of the plan, and the `phase` tag that rides on every metric of a VU. */
import exec from 'k6/execution';
import { Gauge } from 'k6/metrics';
import { plan } from './run.ts';
import { type PhaseSpan, phaseAt } from './schedule.ts';

const startedAt = new Gauge('peakproof_started_at_ms');
const noSpan: PhaseSpan = { name: '', startMs: 0, endMs: 0 };

let startMs = 0;
let span = noSpan;

/** k6 builds this object anew at every access of `exec.scenario`, at a tenth of a request's cost; it stays live. */
let info: typeof exec.scenario | undefined;

/** The scenario that the VU is running. */
export function currentScenario(): typeof exec.scenario {
  info ??= exec.scenario;
  return info;
}

/**
 * Begins an iteration; returns its number in the scenario, across all generators. The very first one
 * tells the collector when second 0 was.
 */
export function startIteration(): number {
  const { startTime, iterationInTest } = currentScenario();
  if (startTime !== startMs) span = noSpan;
  startMs = startTime;
  if (iterationInTest === 0 && plan) startedAt.add(startMs);
  return iterationInTest;
}

/** Sets the VU's `phase` tag if another phase began: setting it each time costs a tenth of a request. */
export function tagPhase(): void {
  const elapsedMs = Date.now() - startMs;
  if (!plan || (elapsedMs >= span.startMs && elapsedMs < span.endMs)) return;
  span = phaseAt(plan.phases, elapsedMs);
  exec.vu.metrics.tags.phase = span.name;
}
