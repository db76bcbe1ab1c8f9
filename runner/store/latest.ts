/** `latest`, beside the run folders: which of them was written last. */
import { lstatSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { writeWhole } from './write.ts';

const latestName = 'latest';

/** Points `latest` at the run: a symbolic link, or a text file with its name where links are not allowed. */
export function pointLatest(runFolder: string): void {
  const pointer = join(dirname(runFolder), latestName);
  if (!isReplaceable(pointer)) return;
  const temporary = `${pointer}.${process.pid}.tmp`;
  try {
    rmSync(temporary, { force: true });
    symlinkSync(basename(runFolder), temporary);
    renameSync(temporary, pointer);
  } catch {
    rmSync(temporary, { force: true });
    writeWhole(pointer, `${basename(runFolder)}\n`);
  }
}

/** A real folder that somebody named `latest` is left alone. */
function isReplaceable(pointer: string): boolean {
  const found = lstatSync(pointer, { throwIfNoEntry: false });
  return found === undefined || !found.isDirectory();
}

/**
 * The absolute folder that RUN means on a command line: a path, or `latest` for the last one under `runs`.
 * @throws PeakproofError RUN_NOT_FOUND.
 */
export function resolveRun(run: string, runsFolder = 'runs'): string {
  const path = run === latestName ? join(runsFolder, latestName) : run;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return realpathSync(path);
  if (found?.isFile() && basename(path) === latestName) {
    return resolveRun(join(dirname(path), readFileSync(path, 'utf8').trim()));
  }
  throw new PeakproofError(problem('RUN_NOT_FOUND', `there is no run at ${resolve(path)}`));
}
