import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';

/** SHA-256 as lower-case hexadecimal text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const chunkBytes = 1024 * 1024;

/** SHA-256 of a file of any size, read piece by piece; undefined if it does not exist. */
export function sha256OfFile(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(chunkBytes);
  const file = openSync(path, 'r');
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}
