/** The place of a run folder: whether a run may be written there, and making it so. */
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { files } from './layout.ts';
import { inputFiles } from './manifest.ts';
import { writeProblem } from './write.ts';

const runFiles: ReadonlySet<string> = new Set([...Object.values(files), ...Object.values(inputFiles)]);

/**
 * Tries what `makePlace` will do and a write, and leaves everything as it was: permissions alone do not tell
 * (root passes them all, a read-only file system refuses nevertheless).
 * @throws PeakproofError RUN_FOLDER_NOT_EMPTY, RUN_FOLDER_NOT_WRITABLE or DISK_FULL.
 */
export function checkPlace(path: string): void {
  const root = resolve(path);
  orCodedError(root, () => {
    const made = missingFolders(root);
    try {
      makeFolders(root);
      earlierRun(root);
      const trial = join(root, `.peakproof.${process.pid}.tmp`);
      writeFileSync(trial, 'x', { flag: 'wx' });
      rmSync(trial);
    } finally {
      made.forEach(removeIfEmpty);
    }
  });
}

/**
 * Makes the folder; what an earlier run left in it is replaced, what anybody else left is not touched.
 * @throws PeakproofError as `checkPlace` does.
 */
export function makePlace(path: string): void {
  const root = resolve(path);
  orCodedError(root, () => {
    makeFolders(root);
    for (const name of earlierRun(root)) rmSync(join(root, name));
  });
}

/** Node's own recursive mkdir never returns where a parent refuses with ENOENT, as below /proc. */
function makeFolders(path: string): void {
  for (const folder of missingFolders(path).reverse()) mkdirSync(folder);
}

/** Those that do not exist yet, the deepest first. */
function missingFolders(path: string): string[] {
  return existsSync(path) ? [] : [path, ...missingFolders(dirname(path))];
}

/** Another run may have put its own folder there meanwhile. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It was never made, or is in use.
  }
}

/** Names of the files that an earlier run left; nobody else's may lie there. */
function earlierRun(root: string): string[] {
  const found = readdirSync(root);
  const foreign = found.find((name) => !runFiles.has(name));
  if (foreign === undefined && (found.length === 0 || found.includes(files.manifest))) return found;
  const what = foreign ?? 'no run of ours';
  throw new PeakproofError(problem('RUN_FOLDER_NOT_EMPTY', `${root} is not empty: it holds ${what}`));
}

function orCodedError(root: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof PeakproofError ? error : new PeakproofError(writeProblem(root, error));
  }
}
