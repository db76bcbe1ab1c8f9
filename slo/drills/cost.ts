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

/** A probe is one look a second: where requests came in nearly every second, they tell the share of bad ones better. */
const tellingSeconds = 0.9;

/**
 * Error budget spent, of the objective that lost most: Σ over seconds of the bad share, which is as many seconds of
 * full outage, over what the objective's window allows ((1 − target) × window). Each second weighs the same, as if
 * traffic were even over the window; by requests an outage at the peak would weigh more. Probes count where requests
 * came in fewer than nine of ten seconds: of a canary that fails one request in twenty, the few probes that happen to
 * meet it would each pass for a second of full outage.
 */
export function budgetSpent(
  watched: readonly Watched[],
  fromSecond: number,
  toSecond: number,
): BudgetSpent | undefined {
  const outages = watched.map((item) => outageOf(item, fromSecond, toSecond));
  const withRequests = Math.max(0, ...outages.filter(({ isProbed }) => !isProbed).map(({ seen }) => seen));
  return outages
    .filter(({ isProbed, seen }) => !isProbed || withRequests < tellingSeconds * seen)
    .map(({ spent }) => spent)
    .reduce<BudgetSpent | undefined>(
      (most, item) => (most === undefined || item.share > most.share ? item : most),
      undefined,
    );
}

interface Outage {
  readonly isProbed: boolean;
  /** Seconds with an event. */
  readonly seen: number;
  readonly spent: BudgetSpent;
}

function outageOf(watched: Watched, fromSecond: number, toSecond: number): Outage {
  let [seen, outageSeconds] = [0, 0];
  for (let second = fromSecond; second < toSecond; second += 1) {
    const { total, bad } = countedBetween(watched, second, second + 1);
    if (total === 0) continue;
    seen += 1;
    outageSeconds += bad / total;
  }
  const { id, target, windowDays, sli } = watched.objective;
  const share = outageSeconds / errorBudgetSeconds(target, windowDays);
  return { isProbed: sli.measure === 'probes', seen, spent: { objectiveId: id, outageSeconds, share } };
}
