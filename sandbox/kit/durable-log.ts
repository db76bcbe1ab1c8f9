/**
 * An append-only file of JSON lines. A record counts once `append` resolved: it was written and synced
 * to disk. One write and one fdatasync carry all records that arrived while the last sync ran (group commit).
 */
import { type FileHandle, open } from 'node:fs/promises';

interface Pending {
  readonly line: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class DurableLog {
  readonly #file: FileHandle;
  #pending: Pending[] = [];
  #syncing = false;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(path: string): Promise<DurableLog> {
    return new DurableLog(await open(path, 'a'));
  }

  /** Resolves when the record is on disk; rejects if it could not be written. */
  append(record: object): Promise<void> {
    return new Promise((done, failed) => {
      this.#pending.push({ line: `${JSON.stringify(record)}\n`, done, failed });
      if (!this.#syncing) void this.#commit();
    });
  }

  async #commit(): Promise<void> {
    this.#syncing = true;
    while (this.#pending.length > 0) {
      const group = this.#pending;
      this.#pending = [];
      try {
        await this.#file.write(group.map((item) => item.line).join(''));
        await this.#file.datasync();
        for (const item of group) item.done();
      } catch (error) {
        for (const item of group) item.failed(error);
      }
    }
    this.#syncing = false;
  }
}
