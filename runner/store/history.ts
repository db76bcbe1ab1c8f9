/**
 * history.jsonl, beside the run folders: one line a run, so that trends need not open every folder. The
 * folders are the truth; what the index lacks, or has in a form that cannot be read, is read from them.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { cleanDeep } from '../../reports/clean.ts';
import { type RecordedRun, recordedRun, recordedRunSchema } from '../../reports/past-run.ts';
import { PeakproofError } from '../../scenarios/problem.ts';
import { files } from './layout.ts';
import { readManifest, readVerdict } from './read-run.ts';
import { writeWhole } from './write.ts';

const indexName = 'history.jsonl';

/** Raised when a line means something else than before: older ones are then read from their folders again. */
const lineVersion = 1;

const lineSchema = recordedRunSchema.extend({
  version: z.literal(lineVersion),
  /** Name of its run folder, which may be gone by now. */
  folder: z.string(),
});

export type HistoryRun = z.infer<typeof lineSchema>;

/** A run folder that no verdict can be read from. */
export interface UnreadableRun {
  readonly folder: string;
  readonly why: string;
}

export interface RunHistory {
  /** The oldest first. */
  readonly runs: readonly HistoryRun[];
  readonly unreadable: readonly UnreadableRun[];
  /** Lines of the index that could not be read; their runs were read from the folders, where they still exist. */
  readonly damagedLines: number;
}

/**
 * Everything known about the runs in a folder. Brings the index up to date where it may be written.
 * @param rebuild reads every folder again, and keeps of the index only runs whose folder is gone.
 */
export function readHistory(runsFolder: string, rebuild = false): RunHistory {
  const { lines, damaged } = readIndex(join(runsFolder, indexName));
  const folders = runFoldersIn(runsFolder);
  const known = lines.filter(({ folder }) => !(rebuild && folders.includes(folder)));
  const missing = folders.filter((folder) => !known.some((run) => run.folder === folder));
  const found = missing.map((folder) => readRun(runsFolder, folder));
  const added = found.filter((run) => 'version' in run);
  const runs = [...known, ...added].sort((a, b) => a.createdAtMs - b.createdAtMs);
  if (damaged > 0 || added.length > 0) updateIndex(runsFolder, runs);
  return { runs, unreadable: found.filter((run) => 'why' in run), damagedLines: damaged };
}

/**
 * Adds a run to the index beside its folder.
 * @throws what the file system says; the run itself is safe, and the next reader finds its folder.
 */
export function appendToHistory(runFolder: string, run: RecordedRun): void {
  const entry: HistoryRun = { ...run, version: lineVersion, folder: basename(runFolder) };
  appendFileSync(join(dirname(runFolder), indexName), `${JSON.stringify(entry)}\n`);
}

/** The last line of a folder's run counts. */
function readIndex(path: string): { lines: HistoryRun[]; damaged: number } {
  const texts = textOf(path)
    .split('\n')
    .filter((text) => text !== '');
  const lines = texts.flatMap((text) => parseLine(text) ?? []);
  const latest = new Map(lines.map((line) => [line.folder, line]));
  return { lines: [...latest.values()], damaged: texts.length - lines.length };
}

/** Empty if there is no index, or none that may be read: then the folders tell. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function parseLine(text: string): HistoryRun | undefined {
  try {
    return lineSchema.safeParse(cleanDeep(JSON.parse(text))).data;
  } catch {
    return undefined;
  }
}

/** Names of the folders that hold a run, `latest` not among them: it is no folder of its own. */
function runFoldersIn(runsFolder: string): string[] {
  if (!existsSync(runsFolder)) return [];
  return readdirSync(runsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(runsFolder, entry.name, files.manifest)))
    .map(({ name }) => name);
}

function readRun(runsFolder: string, folder: string): HistoryRun | UnreadableRun {
  const path = join(runsFolder, folder);
  if (!existsSync(join(path, files.verdict))) {
    return {
      folder,
      why: 'it has no verdict yet: still running, or killed (`peakproof evaluate` judges it)',
    };
  }
  try {
    const run = recordedRun(readManifest(path), readVerdict(path));
    return lineSchema.parse(cleanDeep({ ...run, version: lineVersion, folder }));
  } catch (error) {
    if (error instanceof PeakproofError)
      return { folder, why: error.problems.map(({ cause }) => cause).join('; ') };
    return { folder, why: `its ${files.verdict} is not as this version writes it` };
  }
}

/** A history that may only be read (an archive, another user's) is told all the same. */
function updateIndex(runsFolder: string, runs: readonly HistoryRun[]): void {
  try {
    writeWhole(join(runsFolder, indexName), runs.map((run) => `${JSON.stringify(run)}\n`).join(''));
  } catch (error) {
    if (!(error instanceof PeakproofError)) throw error;
  }
}
