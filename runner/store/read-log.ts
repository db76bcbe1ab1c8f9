/** Reads measurements.log frame by frame, up to its end or the first damage. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { decodeFrame, decodeHeader, type Frame, headerBytes } from './frames.ts';

export interface LogDamage {
  readonly kind: 'truncated' | 'altered';
  /** Bytes up to the end of the last good frame. */
  readonly goodBytes: number;
  readonly totalBytes: number;
}

/** Yields each good frame; returns what stopped it before the end of the file, if anything did. */
export function* readFrames(path: string): Generator<Frame, LogDamage | undefined> {
  const file = openSync(path, 'r');
  try {
    const totalBytes = fstatSync(file).size;
    let goodBytes = 0;
    while (goodBytes < totalBytes) {
      const found = readFrame(file, goodBytes, totalBytes);
      if (typeof found === 'string') return { kind: found, goodBytes, totalBytes };
      goodBytes += found.bytes;
      yield found.frame;
    }
    return undefined;
  } finally {
    closeSync(file);
  }
}

function readFrame(
  file: number,
  at: number,
  totalBytes: number,
): { frame: Frame; bytes: number } | LogDamage['kind'] {
  if (at + headerBytes > totalBytes) return 'truncated';
  const header = decodeHeader(readBytes(file, at, headerBytes));
  if (header === undefined) return 'altered';
  if (at + headerBytes + header.length > totalBytes) return 'truncated';
  const frame = decodeFrame(header, readBytes(file, at + headerBytes, header.length));
  return frame === undefined ? 'altered' : { frame, bytes: headerBytes + header.length };
}

function readBytes(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  const read = readSync(file, bytes, 0, length, at);
  return bytes.subarray(0, read);
}
