/** Reads measurements.log frame by frame, up to its end or the first damage. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { decodeFrame, decodeHeader, type Frame, headerBytes } from './frames.ts';

export interface LogDamage {
  readonly kind: 'truncated' | 'altered';
  /** Bytes up to the end of the last good frame. */
  readonly goodBytes: number;
  readonly totalBytes: number;
}

/** A day is hundreds of megabytes in frames of some kilobytes: reading each by itself would be mostly system calls. */
const chunkBytes = 1024 * 1024;

/**
 * Yields each good frame; returns what stopped it before the end of the file, if anything did. A payload is only
 * lent: the frames after it may overwrite it.
 */
export function* readFrames(path: string): Generator<Frame, LogDamage | undefined> {
  const file = openSync(path, 'r');
  try {
    const totalBytes = fstatSync(file).size;
    const window = new FileWindow(file, totalBytes);
    let goodBytes = 0;
    while (goodBytes < totalBytes) {
      const found = readFrame(window, goodBytes, totalBytes);
      if (typeof found === 'string') return { kind: found, goodBytes, totalBytes };
      goodBytes += headerBytes + found.payload.length;
      yield found;
    }
    return undefined;
  } finally {
    closeSync(file);
  }
}

function readFrame(window: FileWindow, at: number, totalBytes: number): Frame | LogDamage['kind'] {
  if (at + headerBytes > totalBytes) return 'truncated';
  const header = decodeHeader(window.bytes(at, headerBytes));
  if (header === undefined) return 'altered';
  if (at + header.bytes > totalBytes) return 'truncated';
  return decodeFrame(header, window.bytes(at, header.bytes)) ?? 'altered';
}

/** A part of the file in memory, which moves forward. What it gives out is lent until it moves on. */
class FileWindow {
  readonly #file: number;
  readonly #totalBytes: number;
  #start = 0;
  #end = 0;
  #bytes = Buffer.alloc(0);

  constructor(file: number, totalBytes: number) {
    this.#file = file;
    this.#totalBytes = totalBytes;
  }

  bytes(at: number, length: number): Buffer {
    if (at + length > this.#end) this.#moveTo(at, length);
    return this.#bytes.subarray(at - this.#start, Math.min(at + length, this.#end) - this.#start);
  }

  #moveTo(at: number, length: number): void {
    const size = Math.min(Math.max(length, chunkBytes), this.#totalBytes - at);
    if (this.#bytes.length < size) this.#bytes = Buffer.allocUnsafe(size);
    this.#start = at;
    this.#end = at + readSync(this.#file, this.#bytes, 0, size, at);
  }
}
