/** One objective or promise across runs: a small table and its shares of good events as bars. */
import { count, minuteOf, roughShare, sparkline } from '../../reports/figures.ts';
import type { Standing } from '../../reports/types.ts';
import { statusOf } from '../../reports/words.ts';
import { nearest } from '../../scenarios/nearest.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { formatShare, formatTarget } from '../../slo/sentences.ts';
import { burnRate } from '../../slo/statistics/error-budget.ts';
import type { HistoryRun } from '../store/history.ts';
import { print, printJson, terminalWidth } from './print.ts';
import { table } from './table.ts';

interface TrendPoint {
  readonly run: string;
  readonly createdAtMs: number;
  readonly branch?: string;
  readonly commit?: string;
  readonly standing: Standing;
  readonly figure: string;
  readonly goodShare?: number;
  readonly budgetSpent: string;
}

/** @throws PeakproofError INVALID_OPTION for a name that none of the runs knows. */
export function showTrend(runs: readonly HistoryRun[], name: string, json: boolean): void {
  const points = runs.flatMap((run) => pointOf(run, name) ?? []);
  if (points.length === 0) throw unknownName(runs, name);
  if (json) printJson({ objective: name, points });
  else print(asText(name, points));
}

function pointOf(run: HistoryRun, name: string): TrendPoint | undefined {
  const { folder, createdAtMs, branch, commit } = run;
  const where = { run: folder, createdAtMs, ...(branch && { branch }), ...(commit && { commit }) };
  const objective = run.objectives.find(({ id }) => id === name);
  if (objective !== undefined) {
    const { answer, target, total, bad, goodShare, hasBudget } = objective;
    return {
      ...where,
      standing: answer,
      figure:
        goodShare === undefined
          ? 'no data'
          : `${formatShare(goodShare, 'down', target)} of ${count(total)}, ${formatTarget(target)} promised`,
      ...(goodShare !== undefined && { goodShare }),
      budgetSpent: hasBudget ? roughShare(burnRate(bad, total, target)) : '–',
    };
  }
  const promise = run.promises.find(({ id }) => id === name);
  if (promise === undefined) return undefined;
  const { standing, figure, goodShare } = promise;
  return { ...where, standing, figure, ...(goodShare !== undefined && { goodShare }), budgetSpent: '–' };
}

function asText(name: string, points: readonly TrendPoint[]): string {
  const columns = ['time (UTC)', 'branch', 'commit', 'standing', 'good', 'budget spent', 'run'];
  const rows = points.map((point) => [
    minuteOf(point.createdAtMs),
    point.branch ?? '–',
    point.commit?.slice(0, 7) ?? '–',
    `${statusOf(point.standing).symbol} ${statusOf(point.standing).word}`,
    point.figure,
    point.budgetSpent,
    point.run,
  ]);
  const bars = sparkline(points.map(({ goodShare }) => goodShare));
  return [
    `${name}  ${bars}  share of good events, the newest on the right, from the worst of these runs to the best`,
    '',
    table(
      columns.map((title) => ({ title })),
      rows,
      terminalWidth(),
    ),
  ].join('\n');
}

function unknownName(runs: readonly HistoryRun[], name: string): PeakproofError {
  const known = runs.flatMap((run) => [...run.objectives, ...run.promises].map(({ id }) => id));
  const close = nearest(name, [...new Set(known)]);
  const remedy = close === undefined ? 'See `peakproof list objectives`.' : `Did you mean "${close}"?`;
  return new PeakproofError(problem('INVALID_OPTION', `no run of the history judged "${name}"`, { remedy }));
}
