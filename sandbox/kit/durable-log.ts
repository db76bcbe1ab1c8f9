/**
 * An append-only file of JSON lines. A record counts once `append` resolved: it was written, and synced to disk if
 * the log is. One write and one fdatasync carry all records that arrived while the last ones ran (group commit).
 */
import { writeSync } from 'node:fs';
import { type FileHandle, open, readFile, truncate, writeFile } from 'node:fs/promises';
import type { Conditions } from './conditions.ts';

/** Where in the data folder a service keeps its records. */
export const logFile = (service: string): string => `${service}.jsonl`;

export interface LogOptions {
  /** What survives the machine is synced; what has to survive its process only is not. */
  readonly synced: boolean;
  readonly conditions: Pick<Conditions, 'diskFull'>;
  /** A defect: each record counts at once, and is written this much later. */
  readonly writeBehindMs?: number;
}

const noteMs = 1_000;

const lineOf = (record: object): string => `${JSON.stringify(record)}\n`;

interface Pending {
  readonly line: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class DurableLog {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #options: LogOptions;
  #pending: Pending[] = [];
  #committing = false;
  #timer: NodeJS.Timeout | undefined;

  private constructor(path: string, file: FileHandle, options: LogOptions) {
    this.path = path;
    this.#file = file;
    this.#options = options;
  }

  /** Opens the log, without the record that a crash left half written at its end. */
  static async open(path: string, options: LogOptions): Promise<DurableLog> {
    const file = await open(path, 'a+');
    const text = await file.readFile();
    const whole = text.lastIndexOf('\n') + 1;
    if (whole < text.length) await truncate(path, whole);
    return new DurableLog(path, file, options);
  }

  /** The record may be lost: it is written with the next one that is not, within a second at the latest. */
  note(record: object): void {
    this.#pending.push({ line: lineOf(record), done: () => {}, failed: () => {} });
    this.#commitWithin(noteMs);
  }

  /** Resolves when the record is safe; rejects if it could not be written. */
  append(record: object): Promise<void> {
    const { writeBehindMs } = this.#options;
    if (writeBehindMs === undefined) return this.#write(record);
    // It was acknowledged long ago: nobody is left to be told of a failure.
    setTimeout(() => void this.#write(record).catch(() => {}), writeBehindMs).unref();
    return Promise.resolve();
  }

  #write(record: object): Promise<void> {
    return new Promise((done, failed) => {
      this.#pending.push({ line: lineOf(record), done, failed });
      this.#commitWithin(0);
    });
  }

  #commitWithin(delayMs: number): void {
    // Whoever is writing takes along what came meanwhile.
    if (this.#committing) return;
    if (delayMs === 0) void this.#commit();
    else this.#timer ??= setTimeout(() => void this.#commit(), delayMs).unref();
  }

  async #commit(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#committing = true;
    while (this.#pending.length > 0) {
      const group = this.#pending;
      this.#pending = [];
      try {
        await this.#put(group.map((item) => item.line).join(''));
        for (const item of group) item.done();
      } catch (error) {
        for (const item of group) item.failed(error);
      }
    }
    this.#committing = false;
  }

  /** A service leaves that to the end of its process. */
  close(): Promise<void> {
    return this.#file.close();
  }

  async #put(text: string): Promise<void> {
    if (this.#options.conditions.diskFull) throw noSpace();
    if (this.#options.synced) {
      await this.#file.write(text);
      await this.#file.datasync();
    } else {
      // Into the system's memory: microseconds, where the way over the thread pool costs a good part of a request.
      writeSync(this.#file.fd, text);
    }
  }
}

/** Every whole record of a log; a last one that was cut off by a crash was never acknowledged. None if there is no log. */
export async function recordsOf<R>(path: string): Promise<R[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as R);
}

/** Drops the records that are younger than a time, ms since the epoch, while nobody has the log open. */
export async function forgetAfter(path: string, atMs: number): Promise<void> {
  const kept = (await recordsOf<{ readonly atMs: number }>(path)).filter((record) => record.atMs <= atMs);
  await writeFile(path, kept.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

/** What the system says when a disk is full. */
export function noSpace(): NodeJS.ErrnoException {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
}
