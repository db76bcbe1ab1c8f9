/**
 * The run folder while a rehearsal writes it: the truth about a run, and the only place files are written.
 * Whole files are replaced at once; logs are appended without a buffer of ours, so that a killed run
 * loses nothing that was taken in.
 */
import { closeSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PeakproofError } from '../../scenarios/problem.ts';
import type { RunEvent } from '../collect/events.ts';
import { sha256 } from './checksum.ts';
import { encodeFrame, type Frame, type FrameKind } from './frames.ts';
import { files } from './layout.ts';
import { inputFiles, inputNames, type Manifest, type RunInputs } from './manifest.ts';
import { makePlace } from './place.ts';
import { fileText, writeAll, writeProblem, writeWhole } from './write.ts';

export interface RunFolder {
  /** Absolute. */
  readonly path: string;
  /** Absolute path of a file in the folder. */
  file(name: string): string;
  /** Appends a frame to measurements.log; it is with the kernel when this returns. */
  append(kind: FrameKind, payload: Uint8Array): Frame;
  appendEvent(event: RunEvent): Frame;
  appendLedger(line: string): void;
  appendEngineLog(line: string): void;
  /** Replaces a file of the run as a whole. */
  write(name: string, content: string): void;
  close(): void;
}

/** k6 warns once a failed request: an outage must not fill the disk with one sentence. */
const engineLogLimitBytes = 1024 * 1024;

/**
 * Creates a run folder and writes what was decided before the load. `clean` takes the secrets out of
 * every text that comes from outside: the command line, log lines, causes of failures.
 * @throws PeakproofError RUN_FOLDER_NOT_EMPTY, RUN_FOLDER_NOT_WRITABLE or DISK_FULL.
 */
export function openRunFolder(
  path: string,
  manifest: Manifest,
  inputs: RunInputs,
  clean: (text: string) => string,
): RunFolder {
  const root = resolve(path);
  makePlace(root);
  const file = (name: string): string => join(root, name);
  const write = (name: string, content: string): void => writeWhole(file(name), content);
  const texts = {
    [files.manifest]: fileText({ ...manifest, command: clean(manifest.command) }),
    ...Object.fromEntries(inputNames.map((name) => [inputFiles[name], fileText(inputs[name])])),
  };
  for (const [name, text] of Object.entries(texts)) write(name, text);
  const measurements = openLog(file(files.measurements));
  const ledger = openLog(file(files.ledger));
  const engineLog = limited(openLog(file(files.engineLog)), engineLogLimitBytes);
  const append = (kind: FrameKind, payload: Uint8Array): Frame => {
    const frame = { kind, payload };
    measurements.append(encodeFrame(frame));
    return frame;
  };
  const appendEvent = (event: RunEvent): Frame => append('json', Buffer.from(serialise(event, clean)));
  const appendLine = (log: Log) => (line: string) => log.append(Buffer.from(`${clean(line)}\n`));
  appendEvent({
    type: 'inputs',
    sha256: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, sha256(text)])),
  });
  return {
    path: root,
    file,
    append,
    appendEvent,
    appendLedger: appendLine(ledger),
    appendEngineLog: appendLine(engineLog),
    write,
    close: () => {
      for (const log of [measurements, ledger, engineLog]) log.close();
    },
  };
}

/** Keys of events whose text comes from outside. */
const foreignTexts = new Set(['cause', 'reason', 'text', 'problem', 'message', 'where']);

function serialise(event: RunEvent, clean: (text: string) => string): string {
  return JSON.stringify(event, (key, value) =>
    typeof value === 'string' && foreignTexts.has(key) ? clean(value) : value,
  );
}

interface Log {
  append(bytes: Uint8Array): void;
  close(): void;
}

function openLog(path: string): Log {
  const orCodedError = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new PeakproofError(writeProblem(path, error));
    }
  };
  const file = orCodedError(() => openSync(path, 'a'));
  return {
    append: (bytes) => orCodedError(() => writeAll(file, bytes)),
    close: () => closeSync(file),
  };
}

/** Stops taking text at the limit, and says so once. */
function limited(log: Log, limitBytes: number): Log {
  let written = 0;
  return {
    append: (bytes) => {
      if (written > limitBytes) return;
      written += bytes.length;
      log.append(written > limitBytes ? Buffer.from('… the rest was not kept\n') : bytes);
    },
    close: log.close,
  };
}
