/** Reads a run folder back: all that evaluating and reporting again needs. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import type { Comparison } from '../../slo/compare/types.ts';
import { parseEvent } from '../collect/events.ts';
import { sha256 } from './checksum.ts';
import type { Frame } from './frames.ts';
import { files, formatVersion } from './layout.ts';
import { inputFiles, inputNames, type Manifest, type RunInputs } from './manifest.ts';
import { type LogDamage, readFrames } from './read-log.ts';

export interface SavedRun extends RunInputs {
  /** Absolute. */
  readonly path: string;
  readonly manifest: Manifest;
  /** Gives every good frame to `take` in the order written; returns what cut the log short, if anything did. */
  replay(take: (frame: Frame) => void): LogDamage | undefined;
  /** The generator's own end-of-test totals, as it wrote them; undefined if it never came to that. */
  readonly summary: unknown;
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
  const manifest = parse(root, files.manifest, readText(root, files.manifest)) as Manifest;
  if (manifest.formatVersion !== formatVersion) {
    const cause = `${root} is of format ${manifest.formatVersion}, this version reads ${formatVersion}`;
    throw new PeakproofError(problem('RUN_FORMAT_UNKNOWN', cause));
  }
  return {
    path: root,
    manifest,
    ...readInputs(root),
    replay: (take) => replay(join(root, files.measurements), take),
    summary: readSummary(root),
    ...readComparison(root),
    hasReports: existsSync(join(root, files.verdict)),
  };
}

/** Reads plan, objectives, policy and suite, each held against the checksum that the log begins with. */
function readInputs(root: string): RunInputs {
  const expected = readChecksums(root);
  const entries = inputNames.map((name) => {
    const file = inputFiles[name];
    const text = readText(root, file);
    if (expected !== undefined && sha256(text) !== expected[name]) throw altered(root, file);
    return [name, parse(root, file, text)];
  });
  return Object.fromEntries(entries) as RunInputs;
}

/** Undefined if the log's first frame is lost: then there is nothing to hold the inputs against. */
function readChecksums(root: string): Readonly<Record<string, string>> | undefined {
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
