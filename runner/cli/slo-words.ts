/** Windows, budgets and alerts of objectives in a few words. */
import { counted, decimal, list } from '../../reports/figures.ts';
import { signOf } from '../../slo/comparison.ts';
import { formatTarget } from '../../slo/sentences.ts';
import { secondsPerDay } from '../../slo/statistics/error-budget.ts';
import type { BurnRateAlert, Objective, TimeSliceBudgeting } from '../../slo/types.ts';

const units = [
  { noun: 'day', seconds: secondsPerDay },
  { noun: 'hour', seconds: 3600 },
  { noun: 'minute', seconds: 60 },
] as const;

/** 259.2 → "4 minutes 19.2 seconds"; 2592000 → "30 days". */
export function span(seconds: number): string {
  const parts: string[] = [];
  let left = Number(seconds.toPrecision(12));
  for (const unit of units) {
    const whole = Math.floor(left / unit.seconds);
    if (whole > 0) parts.push(counted(whole, unit.noun));
    left -= whole * unit.seconds;
  }
  // Past the first whole unit, hundredths of a second are noise.
  const rest = parts.length === 0 ? Number(left.toPrecision(3)) : Math.round(left * 10) / 10;
  if (rest > 0) parts.push(`${rest} ${rest === 1 ? 'second' : 'seconds'}`);
  return parts.slice(0, 2).join(' ') || 'no time';
}

/** "30 days", or "each month". */
export function windowWords({ windowDays, calendar }: Objective): string {
  if (calendar === undefined) return span(windowDays * secondsPerDay);
  return calendar.count === 1 ? `each ${calendar.unit}` : `each ${counted(calendar.count, calendar.unit)}`;
}

/** "slices of 1 minute". */
export function sliceWords({ windowSeconds }: TimeSliceBudgeting): string {
  return `slices of ${span(windowSeconds)}`;
}

/** What an error budget is made of. */
export function budgetingWords(budgeting: TimeSliceBudgeting | undefined): string {
  if (budgeting === undefined) return 'events';
  return budgeting.method === 'timeslices'
    ? `${sliceWords(budgeting)} with ≥ ${formatTarget(budgeting.sliceTarget)}`
    : `mean of ${sliceWords(budgeting)}`;
}

export function alertWords({ alerts = [] }: Objective): string {
  return alerts.length === 0 ? 'none' : list(alerts.map(({ name }) => name));
}

/** "page if the budget burns at > 14.4 times over 1 hour and 5 minutes". */
export function alertSentence(alert: BurnRateAlert): string {
  const windows = list(alert.lookbackSeconds.map(span));
  const lasting = alert.alertAfterSeconds === 0 ? '' : ` for ${span(alert.alertAfterSeconds)}`;
  const burns = `the budget burns at ${signOf(alert.op)} ${decimal(alert.threshold)} times its pace over ${windows}${lasting}`;
  const causes = [...(alert.whenBreaching ? [burns] : []), ...(alert.whenNoData ? ['there is no data'] : [])];
  return causes.length === 0 ? 'only tells of recoveries' : `${alert.severity} if ${causes.join(', or if ')}`;
}
