/** What a promise allows to go wrong, and how fast it is being used up. */

const secondsPerDay = 86_400;

/** Seconds that may be bad within a window: 99.99 % of 30 days leave 259.2 s. */
export function errorBudgetSeconds(target: number, windowDays: number): number {
  return (1 - target) * windowDays * secondsPerDay;
}

/** Bad share over allowed bad share: at 1 the budget lasts exactly as long as its window. */
export function burnRate(bad: number, total: number, target: number): number {
  return bad / (total * (1 - target));
}

export interface BurnRateAlert {
  /** Burn rate above which both windows must be. */
  readonly burnRate: number;
  readonly longWindowHours: number;
  /** Ends the alert soon after the burning does. */
  readonly shortWindowHours: number;
}

/** Multiwindow, multi-burn-rate alerts for a budget of 30 days (Google's SRE Workbook, chapter 5), fastest first. */
export const burnRateAlerts: readonly BurnRateAlert[] = [
  { burnRate: 14.4, longWindowHours: 1, shortWindowHours: 5 / 60 },
  { burnRate: 6, longWindowHours: 6, shortWindowHours: 0.5 },
  { burnRate: 3, longWindowHours: 24, shortWindowHours: 2 },
  { burnRate: 1, longWindowHours: 72, shortWindowHours: 6 },
];
