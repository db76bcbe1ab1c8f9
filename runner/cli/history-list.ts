/** `peakproof history`: the runs as a table, and the trend of one objective or promise. */
import { milliseconds, minuteOf, multiple } from '../../reports/figures.ts';
import { statusOf } from '../../reports/words.ts';
import { type HistoryRun, readHistory } from '../store/history.ts';
import { filterRuns, tellDamage } from './history-filter.ts';
import { showTrend } from './history-trend.ts';
import type { HistoryOptions } from './options.ts';
import { print, printJson, terminalWidth } from './print.ts';
import { table } from './table.ts';
import { parseWhole } from './values.ts';

const mostRuns = 100_000;

export async function showHistory(options: HistoryOptions): Promise<number> {
  const limit = parseWhole('--limit', options.limit, 1, mostRuns);
  const history = readHistory(options.runs, options.rebuild);
  const runs = filterRuns(history.runs, options).slice(-limit);
  tellDamage(history);
  if (options.objective !== undefined) showTrend(runs, options.objective, options.json === true);
  else if (options.json) printJson({ ...history, runs });
  else print(runs.length === 0 ? 'No runs.' : asTable(runs, options.service));
  return 0;
}

function asTable(runs: readonly HistoryRun[], service: string | undefined): string {
  const columns = [
    { title: 'time (UTC)' },
    { title: 'profile' },
    { title: 'target' },
    { title: 'branch' },
    { title: 'commit' },
    { title: 'decision' },
    { title: 'held', align: 'right' as const },
    { title: 'p99 at peak', align: 'right' as const },
    { title: service === undefined ? 'promises' : 'objectives' },
    { title: 'run' },
  ];
  return table(
    columns,
    runs.map((run) => rowOf(run, service)),
    terminalWidth(),
  );
}

function rowOf(run: HistoryRun, service: string | undefined): string[] {
  const standings =
    service === undefined
      ? run.promises.map(({ standing }) => standing)
      : run.objectives.map(({ answer }) => answer);
  return [
    minuteOf(run.createdAtMs),
    run.profile,
    run.environment,
    run.branch ?? '–',
    run.commit?.slice(0, 7) ?? '–',
    `${run.outcome.toUpperCase()}${run.isPartial ? ' (partial)' : ''}`,
    `${run.held === undefined ? '–' : multiple(run.held)} of ${multiple(run.planned)}`,
    run.peakP99Ms === undefined ? '–' : milliseconds(run.peakP99Ms),
    countStandings(standings),
    run.folder,
  ];
}

/** "9 kept, 1 broken"; what was not measured is left out. */
function countStandings(standings: readonly HistoryRun['promises'][number]['standing'][]): string {
  const parts = (['pass', 'fail', 'inconclusive'] as const).flatMap((standing) => {
    const count = standings.filter((item) => item === standing).length;
    return count === 0 ? [] : [`${count} ${statusOf(standing).word}`];
  });
  return parts.length === 0 ? '–' : parts.join(', ');
}
