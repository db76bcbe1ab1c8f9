import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerEntry } from '../suite.ts';
import { files } from './layout.ts';

/** Reads what the system acknowledged during the run; a last line that was cut off is left out. */
export function readLedger(runFolder: string): LedgerEntry[] {
  const path = join(runFolder, files.ledger);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').flatMap(parseLedgerLine);
}

/** One entry, or none if the line is no ledger entry: `{"kind": …, "atMs": …, …}`. */
export function parseLedgerLine(line: string): LedgerEntry[] {
  if (!line.startsWith('{')) return [];
  try {
    const entry = JSON.parse(line) as Partial<LedgerEntry>;
    return typeof entry.kind === 'string' && typeof entry.atMs === 'number' ? [entry as LedgerEntry] : [];
  } catch {
    return [];
  }
}
