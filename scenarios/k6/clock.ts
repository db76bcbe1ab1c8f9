/** Second 0 of the plan, and the `phase` tag that rides on every metric of a VU. */
import exec from 'k6/execution';
import { Gauge } from 'k6/metrics';
import { plan } from './run.ts';
import { phaseAt } from './schedule.ts';

const startedAt = new Gauge('peakproof_started_at_ms');

const { now } = Date;
const phases = plan?.phases;

/** Second 0, and the span in which the VU's present `phase` tag holds; in ms since the epoch. */
let startMs = 0;
let fromMs = 0;
let untilMs = phases === undefined ? Number.POSITIVE_INFINITY : 0;

/** `exec.scenario` builds an object at each access, at a tenth of a request's cost. A VU serves one scenario. */
let scenario: typeof exec.scenario | undefined;

/**
 * Begins an iteration and tags its phase; returns its number in the scenario, across all generators. The
 * very first one tells the collector when second 0 was.
 */
export function startIteration(): number {
  if (scenario === undefined) {
    scenario = exec.scenario;
    startMs = scenario.startTime;
  }
  const iteration = scenario.iterationInTest;
  const atMs = now();
  if (atMs >= untilMs || atMs < fromMs) enterPhaseAt(atMs);
  if (iteration === 0 && phases) startedAt.add(startMs);
  return iteration;
}

/** Sets the VU's `phase` tag if another phase began: setting it each time costs a tenth of a request. */
export function tagPhase(): void {
  const atMs = now();
  if (atMs >= untilMs || atMs < fromMs) enterPhaseAt(atMs);
}

function enterPhaseAt(atMs: number): void {
  const span = phaseAt(phases ?? [], atMs - startMs);
  fromMs = startMs + span.startMs;
  untilMs = startMs + span.endMs;
  exec.vu.metrics.tags.phase = span.name;
}
