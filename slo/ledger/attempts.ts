/** The ledger's lines put together to attempts, one after the other: a ledger may have millions. */
import type { AttemptStage } from '../../scenarios/model.ts';
import { type BrokenLine, isBroken, type LedgerEntry, type LedgerLine } from './lines.ts';

/** `unknown`: no answer told, or one that nobody could read; the system may have done it or not. */
export type Outcome = Exclude<AttemptStage, 'begun'>;

export interface Attempt {
  /** What a repetition would be recognised by. */
  readonly ref: string;
  readonly outcome: Outcome;
  /** When that was known, ms since the epoch; when it was begun, if it never was. */
  readonly atMs: number;
  readonly fields: LedgerEntry;
}

export interface LedgerScope {
  readonly kind: string;
  /** Fields that an acknowledgement must have, as it cannot be read back without them. */
  readonly needed: readonly string[];
  /** The run, ms since the epoch: another time is none. */
  readonly fromMs: number;
  readonly toMs: number;
}

const stages: Readonly<Record<AttemptStage, true>> = {
  begun: true,
  acknowledged: true,
  rejected: true,
  unknown: true,
};

/**
 * Attempts of one kind as soon as their outcome is read, and last those that have none. Lines that cannot be used
 * come out as what is wrong with them. Memory: what is under way at a time, and the reference of each
 * acknowledgement, some 100 bytes, by which a repeated one is known.
 */
export function* attemptsOf(
  lines: Iterable<LedgerLine>,
  scope: LedgerScope,
): Generator<Attempt | BrokenLine> {
  const open = new Map<string, LedgerEntry>();
  const acknowledged = new Set<string>();
  for (const line of lines) {
    if (line.kind !== undefined && line.kind !== scope.kind) continue;
    const read = isBroken(line) ? line : readEntry(line, scope);
    if ('broken' in read) {
      yield read;
      continue;
    }
    const { stage, ref, fields } = read;
    if (stage === 'begun') {
      open.set(ref, fields);
      continue;
    }
    open.delete(ref);
    const isRepeated = stage === 'acknowledged' && hasRepeated(acknowledged, fields, scope);
    yield isRepeated
      ? { broken: 'an acknowledgement that repeats another' }
      : { ref, outcome: stage, atMs: fields.atMs, fields };
  }
  for (const [ref, fields] of open) yield { ref, outcome: 'unknown', atMs: fields.atMs, fields };
}

interface ReadEntry {
  readonly stage: AttemptStage;
  readonly ref: string;
  readonly fields: LedgerEntry;
}

/** A line without a stage says what was acknowledged, by `visit.record`. */
function readEntry(fields: LedgerEntry, { needed, fromMs, toMs }: LedgerScope): ReadEntry | BrokenLine {
  const { atMs, stage = 'acknowledged' } = fields;
  if (!(atMs >= fromMs && atMs <= toMs)) return { broken: 'a line with a time outside of the run' };
  if (typeof stage !== 'string' || !isStage(stage)) return { broken: 'a line of an unknown stage' };
  const missing =
    stage === 'acknowledged' ? needed.find((field) => keyOf(fields[field]) === undefined) : undefined;
  if (missing !== undefined) return { broken: `an acknowledgement without its ${missing}` };
  const ref = keyOf(fields.ref) ?? (fields.stage === undefined ? identityOf(fields, needed) : undefined);
  return ref === undefined ? { broken: 'an attempt without its reference' } : { stage, ref, fields };
}

function isStage(stage: string): stage is AttemptStage {
  return Object.hasOwn(stages, stage);
}

/** One id under two references is as wrong as one line twice: at most one of them is true. */
function hasRepeated(seen: Set<string>, fields: LedgerEntry, { needed }: LedgerScope): boolean {
  const identity = identityOf(fields, needed);
  const isKnown = seen.has(identity);
  seen.add(identity);
  return isKnown;
}

function identityOf(fields: LedgerEntry, needed: readonly string[]): string {
  return needed.map((field) => keyOf(fields[field])).join(' ');
}

/** A value that can stand in a path; undefined for anything else. */
export function keyOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
