/** What a promise allows to go wrong, and how fast it is being used up. */

export const secondsPerDay = 86_400;

/** Seconds that may be bad within a window: 99.99 % of 30 days leave 259.2 s. */
export function errorBudgetSeconds(target: number, windowDays: number): number {
  return (1 - target) * windowDays * secondsPerDay;
}

/** Bad share over allowed bad share: at 1 the budget lasts exactly as long as its window. */
export function burnRate(bad: number, total: number, target: number): number {
  return bad / (total * (1 - target));
}
