/** Error budgets over a window of time, from all runs that fell into it. */

import { groupBy } from '../slo/group-by.ts';
import { burnRate } from '../slo/statistics/error-budget.ts';
import type { PastObjective, RecordedRun } from './past-run.ts';

const msPerDay = 86_400_000;

/** ms since the epoch; `toMs` is not in the window any more. */
export interface BudgetWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ObjectiveBudget {
  readonly objective: string;
  readonly service: string;
  /** As the newest run promised it. */
  readonly target: number;
  readonly runs: number;
  readonly total: number;
  readonly bad: number;
  /** Share of the window's budget spent: bad over (1 − target) of all events of the window. */
  readonly spentShare: number;
  /** Of the newest run by itself: above 1 the budget would not last. */
  readonly newestBurnRate: number;
}

export interface WindowBudget {
  readonly runs: number;
  /** Measured time. Nothing is known of the rest of the window. */
  readonly coveredSeconds: number;
  /** The most spent first. */
  readonly objectives: readonly ObjectiveBudget[];
}

/** The last so many days. */
export function rollingWindow(days: number, nowMs: number): BudgetWindow {
  return { fromMs: nowMs - days * msPerDay, toMs: nowMs };
}

/** A calendar month in UTC, `2026-11`. */
export function monthWindow(month: string): BudgetWindow {
  const start = new Date(`${month}-01T00:00:00Z`);
  return { fromMs: start.getTime(), toMs: Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1) };
}

/** Sums up what the runs in the window counted. Runs of different systems must not be mixed: filter before. */
export function budgetOver(runs: readonly RecordedRun[], { fromMs, toMs }: BudgetWindow): WindowBudget {
  const within = runs
    .filter(({ createdAtMs }) => createdAtMs >= fromMs && createdAtMs < toMs)
    .sort((a, b) => a.createdAtMs - b.createdAtMs);
  const counted = within
    .flatMap((run) => run.objectives)
    .filter(({ hasBudget, total }) => hasBudget && total > 0);
  const byId = groupBy(counted, ({ id }) => id);
  return {
    runs: within.length,
    coveredSeconds: within.reduce((sum, run) => sum + run.measuredSeconds, 0),
    objectives: [...byId.values()].flatMap(budgetOf).sort((a, b) => b.spentShare - a.spentShare),
  };
}

/** @param counts of one objective, the oldest first. */
function budgetOf(counts: readonly PastObjective[]): ObjectiveBudget[] {
  const newest = counts.at(-1);
  if (newest === undefined) return [];
  const { id, service, target } = newest;
  const total = counts.reduce((sum, count) => sum + count.total, 0);
  const bad = counts.reduce((sum, count) => sum + count.bad, 0);
  return [
    {
      objective: id,
      service,
      target,
      runs: counts.length,
      total,
      bad,
      spentShare: burnRate(bad, total, target),
      newestBurnRate: burnRate(newest.bad, newest.total, target),
    },
  ];
}
