/** `peakproof history import`: copies runs and adds them to the history. */
import { readHistory } from '../store/history.ts';
import { importRuns } from '../store/import-runs.ts';
import { tellDamage } from './history-filter.ts';
import type { ImportOptions } from './options.ts';
import { print, printJson } from './print.ts';

export async function importFrom(paths: readonly string[], { runs, json }: ImportOptions): Promise<number> {
  const imported = importRuns(paths, runs);
  const history = readHistory(runs);
  tellDamage(history);
  if (json) {
    printJson({ imported });
    return 0;
  }
  for (const { from, folder, isNew } of imported) {
    print(isNew ? `copied ${from} to ${runs}/${folder}` : `${from} is there already, as ${runs}/${folder}`);
  }
  print(
    `${history.runs.length} runs in the history. \`peakproof verify\` tells whether one is as it was written.`,
  );
  return 0;
}
