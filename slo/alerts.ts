/** Burn-rate alerts: whether they would have fired during a run, and those of the SRE Workbook. */
import type { SecondSlices } from './budgeting.ts';
import { holds } from './comparison.ts';
import { burnRate, secondsPerDay } from './statistics/error-budget.ts';
import type { AlertHistory, BurnRateAlert } from './types.ts';

/** Plays an alert over the seconds of a run, as a monitor that looks once a second would have seen them. */
export function replayAlert(slices: SecondSlices, target: number, alert: BurnRateAlert): AlertHistory {
  const seconds = slices.total.length;
  const totals = runningSums(slices.total);
  const bads = runningSums(slices.bad);
  let heldSeconds = 0;
  let firingSeconds = 0;
  let firstFiringSecond: number | undefined;
  for (let second = 0; second < seconds; second += 1) {
    const burns = alert.lookbackSeconds.map((lookback) => {
      const from = Math.max(0, second + 1 - lookback);
      const total = between(totals, from, second + 1);
      return total === 0 ? undefined : burnRate(between(bads, from, second + 1), total, target);
    });
    heldSeconds = isMet(burns, alert) ? heldSeconds + 1 : 0;
    // Met at the end of its first second, it has lasted no time yet.
    if (heldSeconds === 0 || heldSeconds - 1 < alert.alertAfterSeconds) continue;
    firstFiringSecond ??= second;
    firingSeconds += 1;
  }
  const longest = Math.max(...alert.lookbackSeconds);
  return {
    ...(firstFiringSecond === undefined ? {} : { firstFiringSecond }),
    firingSeconds,
    isWindowFull: (firstFiringSecond ?? seconds - 1) + 1 >= longest,
  };
}

function isMet(burns: readonly (number | undefined)[], alert: BurnRateAlert): boolean {
  if (burns.some((burn) => burn === undefined)) return alert.whenNoData;
  return alert.whenBreaching && burns.every((burn) => holds(alert.op, burn ?? 0, alert.threshold));
}

/** Element n is the sum of the first n values. */
function runningSums(values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let index = 0; index < values.length; index += 1) {
    sums[index + 1] = (sums[index] ?? 0) + (values[index] ?? 0);
  }
  return sums;
}

function between(sums: Float64Array, from: number, to: number): number {
  return (sums[to] ?? 0) - (sums[from] ?? 0);
}

const hour = 3600;

/**
 * The SRE Workbook's multi-window, multi-burn-rate alerts (chapter 5, "Alerting on SLOs"): the share of the budget
 * that burns within the long window, which is twelve times the short one.
 */
const workbook = [
  { severity: 'page', budgetShare: 0.02, longSeconds: hour },
  { severity: 'page', budgetShare: 0.05, longSeconds: 6 * hour },
  { severity: 'ticket', budgetShare: 0.1, longSeconds: secondsPerDay },
  { severity: 'ticket', budgetShare: 0.1, longSeconds: 3 * secondsPerDay },
] as const;

/**
 * Alerts for an objective that names none. Over 30 days their thresholds are burn rates of 14.4, 6, 3 and 1; a
 * shorter window leaves out those that would fire while the budget lasts.
 */
export function workbookAlerts(windowDays: number): BurnRateAlert[] {
  return workbook
    .map(({ severity, budgetShare, longSeconds }) => ({
      name: `budget-burn-${longSeconds / hour}h`,
      severity,
      op: 'gt' as const,
      // 0.05 × 720 / 6 need not be the double nearest to 6.
      threshold: Number(((budgetShare * windowDays * secondsPerDay) / longSeconds).toPrecision(12)),
      lookbackSeconds: [longSeconds, longSeconds / 12],
      alertAfterSeconds: 0,
      whenBreaching: true,
      whenNoData: false,
    }))
    .filter(
      ({ threshold, lookbackSeconds: [long = 0] }) => threshold >= 1 && long < windowDays * secondsPerDay,
    );
}
