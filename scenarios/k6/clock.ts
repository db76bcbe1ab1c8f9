/** Second 0 of the plan, and the `phase` tag that rides on every metric of a VU. */
import exec from 'k6/execution';
import { Gauge } from 'k6/metrics';
import { plan } from './run.ts';
import { type PhaseSpan, phaseAt } from './schedule.ts';

const startedAt = new Gauge('peakproof_started_at_ms');
const noSpan: PhaseSpan = { name: '', startMs: 0, endMs: 0 };

let startMs = 0;
let span = noSpan;

/** Notes when the VU's scenario started; its very first iteration tells the collector. */
export function startClock(iteration: number): void {
  const scenarioStartMs = exec.scenario.startTime;
  if (scenarioStartMs !== startMs) span = noSpan;
  startMs = scenarioStartMs;
  if (iteration === 0 && plan) startedAt.add(startMs);
}

/** Sets the VU's `phase` tag if another phase began: setting it each time costs a tenth of a request. */
export function tagPhase(): void {
  const elapsedMs = Date.now() - startMs;
  if (!plan || (elapsedMs >= span.startMs && elapsedMs < span.endMs)) return;
  span = phaseAt(plan.phases, elapsedMs);
  exec.vu.metrics.tags.phase = span.name;
}
