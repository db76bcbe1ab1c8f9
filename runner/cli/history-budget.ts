/** `peakproof history budget`: what rehearsals of a window used up of each objective's error budget. */
import { count, counted, decimal, minuteOf, roughShare } from '../../reports/figures.ts';
import {
  type BudgetWindow,
  budgetOver,
  monthWindow,
  rollingWindow,
  type WindowBudget,
} from '../../reports/window-budget.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { groupBy } from '../../slo/group-by.ts';
import { formatTarget } from '../../slo/sentences.ts';
import { readHistory } from '../store/history.ts';
import { filterRuns, tellDamage } from './history-filter.ts';
import type { BudgetOptions } from './options.ts';
import { print, printJson, terminalWidth } from './print.ts';
import { table } from './table.ts';
import { parseWhole } from './values.ts';

const mostDays = 3660;

export async function showBudget(options: BudgetOptions): Promise<number> {
  const window = windowOf(options, Date.now());
  const history = readHistory(options.runs);
  tellDamage(history);
  // Two systems share no budget.
  const bySystem = groupBy(filterRuns(history.runs, options), (run) => `${run.suite} on ${run.environment}`);
  const systems = [...bySystem].map(([system, runs]) => ({ system, ...budgetOver(runs, window) }));
  const used = systems.filter(({ runs }) => runs > 0);
  if (options.json) printJson({ ...window, systems: used });
  else if (used.length === 0) print(`No runs from ${spanOf(window)}.`);
  else print(used.map((budget) => describe(budget, window)).join('\n\n'));
  return 0;
}

function windowOf({ days, month }: BudgetOptions, nowMs: number): BudgetWindow {
  if (month === undefined) return rollingWindow(parseWhole('--days', days, 1, mostDays), nowMs);
  const text = month === true ? new Date(nowMs).toISOString().slice(0, 7) : month;
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return monthWindow(text);
  const remedy = 'Give a month such as 2026-11.';
  throw new PeakproofError(problem('INVALID_OPTION', `--month cannot be "${text}"`, { remedy }));
}

function describe(budget: WindowBudget & { readonly system: string }, window: BudgetWindow): string {
  const { system, runs, coveredSeconds, objectives } = budget;
  const hours = (window.toMs - window.fromMs) / 3_600_000;
  const columns = [
    { title: 'objective' },
    { title: 'target', align: 'right' as const },
    { title: 'runs', align: 'right' as const },
    { title: 'events', align: 'right' as const },
    { title: 'bad', align: 'right' as const },
    { title: 'budget spent', align: 'right' as const },
    { title: 'burn rate, newest run', align: 'right' as const },
  ];
  const rows = objectives.map((item) => [
    item.objective,
    formatTarget(item.target),
    count(item.runs),
    count(item.total),
    count(item.bad),
    roughShare(item.spentShare),
    decimal(item.newestBurnRate),
  ]);
  return [
    `${system}, ${spanOf(window)}`,
    `Only rehearsed time is covered: ${counted(runs, 'run')}, ${durationOf(coveredSeconds)} of ${count(hours)} hours. What happened in the rest is not in here.`,
    '',
    rows.length === 0
      ? 'No objective of these runs has an error budget.'
      : table(columns, rows, terminalWidth()),
  ].join('\n');
}

/** "24 s", "35 min", "12.5 hours". */
function durationOf(seconds: number): string {
  if (seconds < 120) return `${count(seconds)} s`;
  return seconds < 7200 ? `${count(seconds / 60)} min` : `${decimal(seconds / 3600)} hours`;
}

function spanOf({ fromMs, toMs }: BudgetWindow): string {
  return `${minuteOf(fromMs)} to ${minuteOf(toMs)} UTC`;
}
