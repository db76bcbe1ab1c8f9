/** Which runs of the history a command speaks of. */
import type { HistoryRun, RunHistory } from '../store/history.ts';
import type { HistoryFilter } from './options.ts';
import { printStep } from './print.ts';

/** Runs that fit, each with the objectives of the service alone if one is named. */
export function filterRuns(runs: readonly HistoryRun[], filter: Omit<HistoryFilter, 'runs'>): HistoryRun[] {
  const { service, profile, branch, target } = filter;
  const fits = (wanted: string | undefined, value: string | undefined) =>
    wanted === undefined || wanted === value;
  return runs
    .filter((run) => fits(profile, run.profile) && fits(branch, run.branch) && fits(target, run.environment))
    .map((run) => ({ ...run, objectives: run.objectives.filter((item) => fits(service, item.service)) }))
    .filter((run) => service === undefined || run.objectives.length > 0);
}

/** Says, beside the results, what could not be read. */
export function tellDamage({ damagedLines, unreadable }: RunHistory): void {
  if (damagedLines > 0) {
    printStep(`history.jsonl was damaged in ${damagedLines} lines; it was made again from the run folders`);
  }
  for (const { folder, why } of unreadable) printStep(`not listed: ${folder}: ${why}`);
}
