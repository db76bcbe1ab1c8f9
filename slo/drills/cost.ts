/** What a fault cost: requests, orders, error budget. */
import type { JourneySeries, Measurements, SecondCounts } from '../measurements.ts';
import { totalBetween } from '../series.ts';
import { errorBudgetSeconds } from '../statistics/error-budget.ts';
import { countedBetween, type Watched } from './seconds.ts';
import type { BudgetSpent, DrillCost } from './types.ts';

/** Counts of seconds `fromSecond` up to `toSecond`, over all services and journeys. */
export function costBetween(
  { requests, journeys, drops }: Measurements,
  watched: readonly Watched[],
  fromSecond: number,
  toSecond: number,
): DrillCost {
  const sum = (columns: readonly SecondCounts[]) =>
    columns.reduce((total, column) => total + totalBetween(column, fromSecond, toSecond), 0);
  const budget = budgetSpent(watched, fromSecond, toSecond);
  return {
    requests: sum(requests),
    failedRequests: sum(requests.filter(({ outcome }) => outcome === 'error')),
    fallbacks: sum(requests.filter(({ outcome }) => outcome === 'fallback')),
    dropped: sum(drops),
    journeys: failedJourneys(journeys, sum),
    ...(budget === undefined ? {} : { budget }),
  };
}

function failedJourneys(
  journeys: readonly JourneySeries[],
  sum: (columns: readonly SecondCounts[]) => number,
): DrillCost['journeys'] {
  const names = [...new Set(journeys.map(({ journey }) => journey))];
  return names
    .map((name) => {
      const own = journeys.filter(({ journey }) => journey === name);
      return {
        journey: name,
        total: sum(own),
        failed: sum(own.filter(({ outcome }) => outcome === 'error')),
      };
    })
    .filter(({ failed }) => failed > 0);
}

/** Too short a calm would be no measure of what a longer one spends. */
const fewestCalmSeconds = 5;

/** The budget that `seconds` of calm would have spent, judged by those before a fault; undefined if they are too few. */
export function calmSpent(
  watched: readonly Watched[],
  fromSecond: number,
  toSecond: number,
  seconds: number,
): BudgetSpent | undefined {
  const calmSeconds = toSecond - fromSecond;
  const spent = calmSeconds < fewestCalmSeconds ? undefined : budgetSpent(watched, fromSecond, toSecond);
  if (spent === undefined) return undefined;
  const times = seconds / calmSeconds;
  return { ...spent, outageSeconds: spent.outageSeconds * times, share: spent.share * times };
}

/**
 * Error budget spent, of the objective that lost most: Σ over seconds of the bad share, which is as many seconds of
 * full outage, over what the objective's window allows ((1 − target) × window). Each second weighs the same, as if
 * traffic were even over the window; by requests an outage at the peak would weigh more.
 */
export function budgetSpent(
  watched: readonly Watched[],
  fromSecond: number,
  toSecond: number,
): BudgetSpent | undefined {
  const spent = watched.map((item): BudgetSpent => {
    let outageSeconds = 0;
    for (let second = fromSecond; second < toSecond; second += 1) {
      const { total, bad } = countedBetween(item, second, second + 1);
      if (total > 0) outageSeconds += bad / total;
    }
    const { id, target, windowDays } = item.objective;
    return { objectiveId: id, outageSeconds, share: outageSeconds / errorBudgetSeconds(target, windowDays) };
  });
  return spent.reduce<BudgetSpent | undefined>(
    (most, item) => (most === undefined || item.share > most.share ? item : most),
    undefined,
  );
}
