/** faults.log: what was done to the system, a JSON line each, on disk before anything else is done. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FaultEvent, faultSteps, isFaultEvent, type JournalEntry } from '../faults/events.ts';
import { redact } from '../redact.ts';
import { files } from './layout.ts';
import { writeAll } from './write.ts';

export interface Journal {
  /** Never throws: a full disk must not keep a fault from being taken back. */
  readonly append: (entry: JournalEntry) => void;
  readonly close: () => void;
}

/** Opens a journal to append to; supervisor and runner may write to one in turn. */
export function openJournal(path: string, confidential: readonly string[]): Journal {
  const file = openSync(path, 'a');
  return {
    append: (entry) => {
      try {
        writeAll(file, Buffer.from(`${redact(JSON.stringify(entry), confidential)}\n`));
        fsyncSync(file);
      } catch {
        // The runner hears of each step over its channel as well.
      }
    },
    close: () => closeSync(file),
  };
}

export interface ReadJournal {
  readonly events: readonly FaultEvent[];
  /** Lines that are none of ours, or were cut off. */
  readonly unreadable: number;
}

/** The steps of faults that a run's journal tells of. */
export function readJournal(runFolder: string): ReadJournal {
  const path = join(runFolder, files.journal);
  if (!existsSync(path)) return { events: [], unreadable: 0 };
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const entries = lines.map(parseEntry);
  return {
    events: entries.flatMap((entry) => (entry !== undefined && isFaultEvent(entry) ? [entry] : [])),
    unreadable: entries.filter((entry) => entry === undefined).length,
  };
}

function parseEntry(line: string): JournalEntry | undefined {
  try {
    const entry = JSON.parse(line) as Partial<FaultEvent> | null;
    const isEntry = typeof entry?.atMs === 'number' && typeof entry.step === 'string';
    if (!isEntry) return undefined;
    const isStep = (faultSteps as readonly string[]).includes(entry.step ?? '');
    return isStep && typeof entry.fault !== 'string' ? undefined : (entry as JournalEntry);
  } catch {
    return undefined;
  }
}
