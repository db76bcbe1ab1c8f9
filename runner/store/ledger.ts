/** Reads the ledger of a run line by line: it may be larger than memory. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isBroken, type LedgerEntry, type LedgerLine, parseLedgerLine } from '../../slo/ledger/lines.ts';
import { files } from './layout.ts';

const chunkBytes = 64 * 1024;
/** No entry is as long; without a limit, a file without line ends would be read into memory whole. */
const longestLineBytes = 64 * 1024;
const lineEnd = 0x0a;

/** All lines but empty ones, from the beginning each time they are asked for; none if there is no ledger. */
export function readLedgerLines(runFolder: string): Iterable<LedgerLine> {
  const path = join(runFolder, files.ledger);
  return { [Symbol.iterator]: () => linesOf(path) };
}

/** Only the entries; lines that are none are left out. */
export function readLedger(runFolder: string): Iterable<LedgerEntry> {
  const lines = readLedgerLines(runFolder);
  return {
    *[Symbol.iterator]() {
      for (const line of lines) if (!isBroken(line)) yield line;
    },
  };
}

function* linesOf(path: string): Generator<LedgerLine> {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r');
  try {
    let rest = Buffer.alloc(0);
    let isTooLong = false;
    for (let chunk = readChunk(file); chunk.length > 0; chunk = readChunk(file)) {
      let from = 0;
      for (let end = chunk.indexOf(lineEnd); end !== -1; end = chunk.indexOf(lineEnd, from)) {
        const line = Buffer.concat([rest, chunk.subarray(from, end)]);
        if (isTooLong || line.length > longestLineBytes) yield { broken: 'a line longer than any entry' };
        else if (line.length > 0) yield parseLedgerLine(line.toString('utf8'));
        rest = Buffer.alloc(0);
        isTooLong = false;
        from = end + 1;
      }
      rest = Buffer.concat([rest, chunk.subarray(from)]);
      isTooLong ||= rest.length > longestLineBytes;
      if (isTooLong) rest = Buffer.alloc(0);
    }
    if (rest.length > 0 || isTooLong) yield { broken: 'a last line that was cut off' };
  } finally {
    closeSync(file);
  }
}

function readChunk(file: number): Buffer {
  const chunk = Buffer.alloc(chunkBytes);
  return chunk.subarray(0, readSync(file, chunk));
}
