/** Lines of the ledger, parsed at the boundary: k6 wrote them, a killed machine may have left half of one. */

/** Something that a virtual user wrote down. */
export interface LedgerEntry {
  readonly kind: string;
  /** Wall-clock time, ms since the epoch. */
  readonly atMs: number;
  readonly [field: string]: unknown;
}

/** A line that is no entry. It may have been any, so nothing that rests on the whole ledger is certain. */
export interface BrokenLine {
  readonly broken: string;
  /** The kind of entry, where at least that can be read; it may have been of any kind otherwise. */
  readonly kind?: string;
}

export type LedgerLine = LedgerEntry | BrokenLine;

export function isBroken(line: LedgerLine): line is BrokenLine {
  return typeof line.broken === 'string' && !('atMs' in line);
}

/** `{"kind": …, "atMs": …, …}`, or what is wrong with it. */
export function parseLedgerLine(text: string): LedgerLine {
  const fields = parseObject(text);
  if (fields === undefined) return { broken: 'a line that is no JSON object' };
  const { kind, atMs } = fields;
  if (typeof kind !== 'string') return { broken: 'a line without its kind' };
  if (typeof atMs !== 'number') return { broken: 'a line without its time', kind };
  return fields as unknown as LedgerEntry;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
