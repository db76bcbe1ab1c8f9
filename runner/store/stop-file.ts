/** The file `stop` in a run folder: whoever may write there can end the run. The run takes it away when it has seen it. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { files } from './layout.ts';
import { writeWhole } from './write.ts';

/** @throws PeakproofError if the folder takes no file. */
export function requestStop(runFolder: string): void {
  writeWhole(join(runFolder, files.stop), 'stop\n');
}

export function isStopRequested(runFolder: string): boolean {
  return existsSync(join(runFolder, files.stop));
}

/** Says that the request was seen, or takes it back. */
export function clearStop(runFolder: string): void {
  rmSync(join(runFolder, files.stop), { force: true });
}

/** Whether a run has told its verdict. */
export function hasEnded(runFolder: string): boolean {
  return existsSync(join(runFolder, files.verdict));
}
