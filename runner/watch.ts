/** Looks at the run once a second while it goes on: what a person sees of it, and whether to end it early. */
import { plannedRequestsPerSecond } from '../profiles/arrival.ts';
import type { Phase } from '../profiles/types.ts';
import { lastJudgedHold, watchEarly } from '../slo/early.ts';
import { isBlocking } from '../slo/gate.ts';
import { phaseHeld, type Standing, watchObjectives } from '../slo/live.ts';
import type { RunEnd } from '../slo/measurements.ts';
import { mergeHistograms } from '../slo/statistics/histogram.ts';
import { quantileEstimate } from '../slo/statistics/quantile.ts';
import type { Objective } from '../slo/types.ts';
import { everySeconds } from './collect/every-seconds.ts';
import type { LiveTotals } from './collect/live-totals.ts';
import { phaseAt } from './collect/phase-at.ts';
import type { Recorder } from './collect/recorder.ts';
import type { LiveSnapshot, RehearsalRequest } from './types.ts';

/** Judging all objectives costs more than a glance, and a person reads no faster. */
const secondsBetweenJudgements = 5;
/** A long run is looked at less often than each second: each look goes through all of its seconds. */
const mostLooks = 600;
/** An export ends up to a second after the samples it brings, and arrives a moment later. */
const exportDelaySeconds = 2;

/** Ends the run; says why. */
export type EndRun = (end: RunEnd, why: string) => void;

/** Starts watching; `endRun` is called where profile or options end the run before its plan does. Returns how to stop. */
export function watchRun(
  request: Pick<RehearsalRequest, 'plan' | 'suite' | 'policy' | 'live'>,
  recorder: Recorder,
  busyShare: () => number | undefined,
  endRun: EndRun,
): () => void {
  const { plan, suite, policy, live } = request;
  const standingOf = watchObjectives(plan, suite.objectives, suite.suite.catalog);
  const blocking = suite.objectives.filter(isBlocking(policy));
  const unjudged = plan.stopAtFailure
    ? plan.phases.filter((phase) => phase.role !== 'warm-up' && phase.kind === 'hold')
    : [];
  const lookEarly = plan.early && earlyLook(request, blocking, recorder, endRun);
  let objectives: Standing = { held: [], atRisk: [], broken: [] };
  const look = (second: number): void => {
    if (second % secondsBetweenJudgements === 0) objectives = standingOf(recorder.soFar());
    const generatorBusyShare = busyShare();
    live.snapshot({
      ...snapshotOf(request, recorder.totals, second),
      objectives,
      ...(generatorBusyShare === undefined ? {} : { generatorBusyShare }),
    });
    if (lookEarly !== undefined && second % Math.ceil((second + 1) / mostLooks) === 0) lookEarly(second);
    const [phase] = unjudged;
    if (phase === undefined || phase.endSecond + exportDelaySeconds > second) return;
    unjudged.shift();
    if (phaseHeld(plan, blocking, recorder.soFar(), phase.name, suite.suite.catalog)) return;
    endRun('stopped-at-failure', `phase ${phase.name} did not hold: the run ends here, as its profile asks`);
  };
  return everySeconds(1, 0, (atMs) => {
    if (recorder.startedAtMs === undefined) return;
    const second = Math.floor((atMs - recorder.startedAtMs) / 1000);
    if (second < 0 || second >= plan.durationSeconds + exportDelaySeconds) return;
    try {
      look(second);
    } catch (error) {
      // Nobody's view of a run may end it: what counts is measured all the same.
      live.note(`a look at the run failed: ${(error as Error).message}`);
    }
  });
}

/** Ends the run as soon as its options allow. */
function earlyLook(
  { plan, policy, suite }: Pick<RehearsalRequest, 'plan' | 'policy' | 'suite'>,
  blocking: readonly Objective[],
  recorder: Recorder,
  endRun: EndRun,
): (second: number) => void {
  const standingOf = watchEarly(plan, blocking, policy.assumedDesignEffect ?? 1, suite.suite.catalog);
  const inLastHold = lastJudgedHold(plan)?.startSecond ?? Number.POSITIVE_INFINITY;
  // A drill that never took place decides nothing.
  const canEndAt = Math.max(inLastHold, ...(plan.faults ?? []).map(({ endSecond }) => endSecond));
  return (second) => {
    const { failed, open } = standingOf(recorder.soFar(), second - exportDelaySeconds);
    if (plan.early?.atFailure && failed.length > 0) {
      endRun(
        'stopped-at-failure',
        `${failed.join(', ')} certainly failed: the run ends here, as --fail-fast or its profile asks`,
      );
    } else if (plan.early?.whenDecided && open.length === 0 && second > canEndAt) {
      endRun('stopped-when-decided', 'every blocking objective is decided: the run ends here');
    }
  };
}

function snapshotOf(
  { plan }: Pick<RehearsalRequest, 'plan'>,
  totals: LiveTotals,
  second: number,
): Omit<LiveSnapshot, 'objectives'> {
  const phase = phaseAt(plan.phases, second);
  const latencies = mergeHistograms(totals.latestLatencies);
  const quantile = (share: number): number | undefined => latencies && quantileEstimate(latencies, share);
  const [p50Ms, p95Ms, p99Ms] = [quantile(0.5), quantile(0.95), quantile(0.99)];
  return {
    second: Math.min(second, plan.durationSeconds),
    durationSeconds: plan.durationSeconds,
    phase: phase?.name ?? '',
    multiplier: phase === undefined ? 0 : multiplierAt(phase, second),
    plannedRequestsPerSecond: plannedRequestsPerSecond(plan, Math.min(second, plan.durationSeconds)),
    achievedRequestsPerSecond: totals.latestRequests,
    ...(p50Ms !== undefined && { p50Ms }),
    ...(p95Ms !== undefined && { p95Ms }),
    ...(p99Ms !== undefined && { p99Ms }),
    requests: totals.requests,
    errors: totals.errors,
    dropped: totals.dropped,
    vus: totals.vus,
  };
}

function multiplierAt(phase: Phase, second: number): number {
  const share = (second - phase.startSecond) / (phase.endSecond - phase.startSecond);
  // A second belongs to the phase that holds its middle, and may begin before it.
  return phase.fromMultiplier + Math.min(1, Math.max(0, share)) * (phase.toMultiplier - phase.fromMultiplier);
}
