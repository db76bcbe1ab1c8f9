/** Reads a run folder back: all that evaluating and reporting again needs. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { VerdictDocument } from '../../reports/verdict-document.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import type { Comparison } from '../../slo/compare/types.ts';
import { parseEvent } from '../collect/events.ts';
import { sha256 } from './checksum.ts';
import type { Frame } from './frames.ts';
import { type ReadJournal, readJournal } from './journal.ts';
import { files, formatVersion } from './layout.ts';
import { filesBeforeLoad, inputFiles, inputNames, type Manifest, type RunInputs } from './manifest.ts';
import { type LogDamage, readFrames } from './read-log.ts';

export interface SavedRun extends RunInputs {
  /** Absolute. */
  readonly path: string;
  readonly manifest: Manifest;
  /** Gives every good frame to `take` in the order written; returns what cut the log short, if anything did. */
  replay(take: (frame: Frame) => void): LogDamage | undefined;
  /** The generator's own end-of-test totals, as it wrote them; undefined if it never came to that. */
  readonly summary: unknown;
  /** What the supervisor of faults wrote down itself. */
  readonly journal: ReadJournal;
  /** With the baseline that the rehearsal was given, as it was found when the run ended. */
  readonly comparison?: Comparison;
  /** False for a run that was killed before it told its verdict. */
  readonly hasReports: boolean;
}

/**
 * Opens a run for reading. Its log may be cut off or altered (replay tells); its inputs may not.
 * @throws PeakproofError RUN_NOT_FOUND, RUN_FORMAT_UNKNOWN or RUN_ALTERED.
 */
export function readRunFolder(path: string): SavedRun {
  const root = resolve(path);
  if (!existsSync(join(root, files.manifest))) {
    throw new PeakproofError(problem('RUN_NOT_FOUND', `${root} holds no ${files.manifest}`));
  }
  const manifest = readManifest(root);
  expectUnaltered(root);
  return {
    path: root,
    manifest,
    ...readInputs(root),
    replay: (take) => replay(join(root, files.measurements), take),
    summary: readSummary(root),
    journal: readJournal(root),
    ...readComparison(root),
    hasReports: existsSync(join(root, files.verdict)),
  };
}

function readInputs(root: string): RunInputs {
  const entries = inputNames.map((name) => {
    const file = inputFiles[name];
    return [name, parse(root, file, readText(root, file))];
  });
  return Object.fromEntries(entries) as RunInputs;
}

/** Holds what was written before the load against the checksums that the log begins with. */
function expectUnaltered(root: string): void {
  const expected = readFirstChecksums(root);
  for (const file of filesBeforeLoad) {
    const text = readText(root, file);
    if (expected !== undefined && sha256(text) !== expected[file]) throw altered(root, file);
  }
}

/** @throws PeakproofError RUN_ALTERED, or RUN_FORMAT_UNKNOWN for a run of another time. */
export function readManifest(root: string): Manifest {
  const manifest = parse(root, files.manifest, readText(root, files.manifest)) as Manifest;
  if (manifest?.formatVersion === formatVersion) return manifest;
  const cause = `${root} is of format ${manifest?.formatVersion}, this version reads ${formatVersion}`;
  throw new PeakproofError(problem('RUN_FORMAT_UNKNOWN', cause));
}

/**
 * The verdict as it was told, which only `verify` holds against the measurements.
 * @throws PeakproofError RUN_ALTERED if there is none, or none that can be read.
 */
export function readVerdict(root: string): VerdictDocument {
  return parse(root, files.verdict, readText(root, files.verdict)) as VerdictDocument;
}

/**
 * The checksums that the log begins with, of each file that was written before the load. Undefined if its
 * first frame is lost: then there is nothing to hold the files against.
 */
export function readFirstChecksums(root: string): Readonly<Record<string, string>> | undefined {
  if (!existsSync(join(root, files.measurements))) return undefined;
  const frames = readFrames(join(root, files.measurements));
  const first = frames.next();
  frames.return(undefined);
  if (first.done || first.value.kind !== 'json') return undefined;
  const event = parseEvent(first.value.payload);
  return event.type === 'inputs' ? event.sha256 : undefined;
}

/** A run that was killed before its log began has no frames, which is not damage. */
function replay(path: string, take: (frame: Frame) => void): LogDamage | undefined {
  if (!existsSync(path)) return undefined;
  const frames = readFrames(path);
  for (;;) {
    const next = frames.next();
    if (next.done) return next.value;
    take(next.value);
  }
}

/** Reads the whole log and tells how far it is as it was written. */
export function countFrames(root: string): {
  readonly frames: number;
  readonly damage: LogDamage | undefined;
} {
  let frames = 0;
  const damage = replay(join(root, files.measurements), () => {
    frames += 1;
  });
  return { frames, damage };
}

/** A report as it lies in the folder; undefined if it does not. */
export function readReport(root: string, name: string): string | undefined {
  return existsSync(join(root, name)) ? readText(root, name) : undefined;
}

function readComparison(root: string): Pick<SavedRun, 'comparison'> {
  if (!existsSync(join(root, files.comparison))) return {};
  return { comparison: parse(root, files.comparison, readText(root, files.comparison)) as Comparison };
}

/** The generator's own end-of-test totals; undefined if it never came to writing them. */
export function readSummary(root: string): unknown {
  if (!existsSync(join(root, files.summary))) return undefined;
  try {
    return JSON.parse(readText(root, files.summary));
  } catch {
    return undefined; // the generator was killed while it wrote
  }
}

function readText(root: string, name: string): string {
  try {
    return readFileSync(join(root, name), 'utf8');
  } catch {
    throw altered(root, name);
  }
}

function parse(root: string, name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw altered(root, name);
  }
}

function altered(root: string, name: string): PeakproofError {
  return new PeakproofError(
    problem('RUN_ALTERED', `${name} is not as the run wrote it`, { file: join(root, name) }),
  );
}
