/** Copies runs from elsewhere, such as a CI job's artifacts, beside the own ones. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { sha256OfFile } from './checksum.ts';
import { files } from './layout.ts';
import { inputFiles } from './manifest.ts';
import { readManifest } from './read-run.ts';
import { writeProblem } from './write.ts';

export interface ImportedRun {
  readonly from: string;
  /** Name of its folder among the runs. */
  readonly folder: string;
  /** False if the very run was there already. */
  readonly isNew: boolean;
}

/** Artifacts lie a few folders deep, not a whole disk. */
const deepest = 6;
const runFiles: readonly string[] = [...Object.values(files), ...Object.values(inputFiles)];

/**
 * Copies every run at or below the paths; nothing but the files of a run is taken. A run that is there
 * already is left as it is; another one of the same name gets a name of its own.
 * @throws PeakproofError NO_RUNS for each path without runs, before anything is copied; RUN_FORMAT_UNKNOWN.
 */
export function importRuns(paths: readonly string[], runsFolder: string): ImportedRun[] {
  const found = paths.map((path) => ({ path, runs: findRuns(resolve(path), deepest) }));
  const problems = found
    .filter(({ runs }) => runs.length === 0)
    .map(({ path }) => problem('NO_RUNS', `there is no run at or below ${resolve(path)}`));
  if (problems.length > 0) throw new PeakproofError(problems);
  const sources = [...new Set(found.flatMap(({ runs }) => runs))];
  const named = sources.map((from) => ({ from, name: folderName(readManifest(from).id) }));
  return named.map(({ from, name }) => importRun(from, name, resolve(runsFolder)));
}

/** What a run calls itself comes from outside: only what is a plain file name everywhere is taken of it. */
function folderName(id: unknown): string {
  const plain = basename(String(id)).replace(/[^\w.-]+/g, '-');
  return plain.replace(/^[.-]+/, '') || 'run';
}

function findRuns(path: string, depth: number): string[] {
  if (existsSync(join(path, files.manifest))) return [path];
  if (depth === 0 || !existsSync(path)) return [];
  return foldersIn(path).flatMap((name) => findRuns(join(path, name), depth - 1));
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
      .map(({ name }) => name)
      .sort();
  } catch {
    return []; // a file, or a folder that may not be read, holds no run of ours
  }
}

function importRun(from: string, name: string, runsFolder: string): ImportedRun {
  for (let copy = 1; ; copy += 1) {
    const folder = copy === 1 ? name : `${name}-${copy}`;
    const to = join(runsFolder, folder);
    if (!existsSync(to)) {
      copyRun(from, to);
      return { from, folder, isNew: true };
    }
    if (isSameRun(from, to)) return { from, folder, isNew: false };
  }
}

/** run.json holds the time of creation to the millisecond, the seed and the machine. */
function isSameRun(a: string, b: string): boolean {
  return sha256OfFile(join(a, files.manifest)) === sha256OfFile(join(b, files.manifest));
}

/** Either the whole run appears under its name, or nothing does. */
function copyRun(from: string, to: string): void {
  const temporary = `${to}.${process.pid}.tmp`;
  try {
    mkdirSync(temporary, { recursive: true });
    for (const name of runFiles.filter((name) => existsSync(join(from, name)))) {
      copyFileSync(join(from, name), join(temporary, name));
    }
    renameSync(temporary, to);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw new PeakproofError(writeProblem(to, error));
  }
}
