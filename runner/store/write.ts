/** Writes that either happen whole or end in a coded error. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { PeakproofError, type Problem, problem } from '../../scenarios/problem.ts';

/** Replaces a file's content at once: readers see the old or the new text, never a part. */
export function writeWhole(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, 'w');
    try {
      writeAll(file, Buffer.from(content));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new PeakproofError(writeProblem(path, error));
  }
}

/** A value as the JSON file that holds it: checksums are of this text. */
export function fileText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Writes every byte; the kernel may take fewer at a time than it is given. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

const fullDisk = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Says why a write failed in terms of the run folder. */
export function writeProblem(path: string, error: unknown): Problem {
  const { code, message } = error as NodeJS.ErrnoException;
  if (fullDisk.has(code ?? '')) return problem('DISK_FULL', `no space left for ${path}`);
  return problem('RUN_FOLDER_NOT_WRITABLE', `cannot write ${path}: ${message}`);
}
