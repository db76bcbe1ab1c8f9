import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Resolves once the last line was taken, which may be after the end of the process that wrote it. */
export async function forEachLine(stream: Readable, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream })) take(line);
}
