/** Whether the load generator kept up: a run whose generator was the bottleneck is no evidence either way. */
import { iterationsBetween } from '../profiles/arrival.ts';
import type { LoadPlan } from '../profiles/types.ts';
import type { GeneratorRow, Measurements } from './measurements.ts';
import { formatCount } from './sentences.ts';
import { totalOf } from './series.ts';
import type { GeneratorHealth } from './types.ts';

/** The only place of these limits. All are ours; the first two are where response times begin to lie. */
export const saturation = {
  /** The machine counts as full at this busy share … */
  busyShare: 0.95,
  /** … for this many judged seconds in a row. */
  busySeconds: 5,
  /** Iterations that were neither run nor counted as dropped, as a share of the plan. */
  missingShare: 0.05,
} as const;

/** Looks at the generator's own figures; lost labels make a run partial, not saturated. */
export function generatorHealth(measurements: Measurements, plan: LoadPlan): GeneratorHealth {
  const reasons = [busyReason(measurements, plan), shortfallReason(measurements, plan)].filter(
    (reason) => reason !== undefined,
  );
  return { saturated: reasons.length > 0, reasons };
}

function busyReason({ generator }: Measurements, plan: LoadPlan): string | undefined {
  const judged = plan.phases.filter((phase) => phase.role === 'judged');
  const isJudged = (row: GeneratorRow) =>
    judged.some((phase) => row.second >= phase.startSecond && row.second < phase.endSecond);
  const full = generator.filter(
    (row) => isJudged(row) && (row.machineBusyShare ?? 0) >= saturation.busyShare,
  );
  const longest = longestRun(full.map((row) => row.second));
  return longest >= saturation.busySeconds
    ? `the machine was at least ${saturation.busyShare * 100} % busy for ${longest} seconds in a row`
    : undefined;
}

function longestRun(seconds: readonly number[]): number {
  let longest = 0;
  let current = 0;
  for (const [index, second] of seconds.entries()) {
    const before = seconds[index - 1];
    current = before !== undefined && second - before === 1 ? current + 1 : 1;
    longest = Math.max(longest, current);
  }
  return longest;
}

/** Only said where the generator's count of iterations arrived; those still running at the end are not missing. */
function shortfallReason(measurements: Measurements, plan: LoadPlan): string | undefined {
  const finished = measurements.reconciliation.find((row) => row.metric === 'iterations')?.arrived;
  if (finished === undefined) return undefined;
  const dropped = measurements.drops.reduce((sum, series) => sum + totalOf(series), 0);
  const running = measurements.end === 'finished' ? 0 : (measurements.generator.at(-1)?.vusInUse ?? 0);
  const planned = plan.scenarios.reduce(
    (sum, { arrival }) => sum + iterationsBetween(arrival, 0, measurements.measuredSeconds),
    0,
  );
  const missing = planned - finished - dropped - running;
  // A scenario's last iteration may be due just after the end.
  return missing > planned * saturation.missingShare + plan.scenarios.length
    ? `the generator started only ${formatCount(planned - missing)} of ${formatCount(planned)} planned iterations`
    : undefined;
}
