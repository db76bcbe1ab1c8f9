/** Adds up what became of each attempt. Its size does not grow with the ledger. */
import type { PlannedFault } from '../../profiles/faults.ts';
import type { Attempt, Outcome } from './attempts.ts';
import type { Finding, Standing, Unread } from './findings.ts';
import { joinLosses, type SurvivedSpan } from './one-loss.ts';
import type { LedgerExample, LedgerGap, LedgerResult, Noteworthy, SecondSpan } from './result.ts';
import type { LedgerSpec } from './spec.ts';

/** Enough to begin looking. */
const examplesKept = 5;
/** Further causes are counted under one name: a cause may hold what a stranger answered. */
const causesKept = 10;

type Counts = Record<Outcome, Record<Standing, number>>;

interface OpenSpan {
  readonly fault?: string;
  readonly attempts: Counts;
  present?: SecondSpan;
  lost?: SecondSpan;
  unread?: SecondSpan;
  duplicated: number;
  copiesUnread: number;
  readonly examples: Map<Noteworthy, LedgerExample[]>;
}

export class LedgerTally {
  readonly #spec: LedgerSpec;
  readonly #faults: readonly PlannedFault[];
  readonly #startedAtMs: number;
  readonly #spans: OpenSpan[];
  readonly #gaps = new Map<string, LedgerGap>();
  #illegible = 0;

  /** `startedAtMs`: wall-clock time of second 0. */
  constructor(spec: LedgerSpec, faults: readonly PlannedFault[], startedAtMs: number) {
    this.#spec = spec;
    this.#faults = faults.toSorted((a, b) => a.startSecond - b.startSecond);
    this.#startedAtMs = startedAtMs;
    this.#spans = faults.length === 0 ? [emptySpan()] : this.#faults.map(({ id }) => emptySpan(id));
  }

  /** A line that is no entry. */
  addIllegible(cause: string): void {
    this.#illegible += 1;
    this.#addGap('LEDGER_DAMAGED', cause);
  }

  /** `copies`: how often it was done, if that was looked up. */
  add({ ref, outcome, atMs }: Attempt, finding: Finding, copies?: number | Unread): void {
    const second = (atMs - this.#startedAtMs) / 1000;
    const span = this.#spans[nearestFault(second, this.#faults)] as OpenSpan;
    const { standing } = finding;
    span.attempts[outcome][standing] += 1;
    const note = (as: Noteworthy) => keepExample(span, { as, ref, second });
    if (outcome === 'acknowledged') this.#addAcknowledged(span, standing, second, note);
    else if (standing === 'present' || standing === 'altered') note('unacknowledged');
    if (standing === 'unread') this.#addGap(finding.code, finding.cause);
    if (typeof copies === 'object') {
      span.copiesUnread += 1;
      this.#addGap(copies.code, copies.cause);
    } else if (copies !== undefined && copies > 1) {
      span.duplicated += 1;
      note('duplicated');
    }
  }

  #addAcknowledged(span: OpenSpan, standing: Standing, second: number, note: (as: Noteworthy) => void): void {
    if (standing !== 'present') note(standing === 'absent' ? 'lost' : standing);
    const window = standing === 'present' || standing === 'unread' ? standing : 'lost';
    span[window] = widened(span[window], second);
  }

  #addGap(code: LedgerGap['code'], cause: string): void {
    const told = this.#gaps.size < causesKept || this.#gaps.has(`${code} ${cause}`) ? cause : 'other causes';
    const key = `${code} ${told}`;
    this.#gaps.set(key, { code, cause: told, count: (this.#gaps.get(key)?.count ?? 0) + 1 });
  }

  result(): LedgerResult {
    const { name, write, copies, settleSeconds } = this.#spec;
    return {
      ...{ name, write },
      ...(copies === undefined ? {} : { copiesReading: copies.reading }),
      settleSeconds,
      spans: joinLosses(this.#spans.map(closed)),
      illegible: this.#illegible,
      gaps: [...this.#gaps.values()],
    };
  }
}

/**
 * Index of the fault whose time lies nearest: what a crash takes with it was acknowledged just before it, what a
 * fail-over takes, while it lasted. Of several the one that began last.
 */
export function nearestFault(second: number, faults: readonly PlannedFault[]): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  faults.forEach(({ startSecond, endSecond }, index) => {
    const distance = Math.max(startSecond - second, second - endSecond, 0);
    const isLater = startSecond >= (faults[nearest]?.startSecond ?? 0);
    if (distance < least || (distance === least && isLater)) [nearest, least] = [index, distance];
  });
  return nearest;
}

function emptySpan(fault?: string): OpenSpan {
  const none = () => ({ present: 0, altered: 0, absent: 0, unread: 0 });
  return {
    ...(fault === undefined ? {} : { fault }),
    attempts: { acknowledged: none(), rejected: none(), unknown: none() },
    duplicated: 0,
    copiesUnread: 0,
    examples: new Map(),
  };
}

function closed({ examples, ...span }: OpenSpan): SurvivedSpan {
  const told = [...examples.values()].flat();
  return { ...span, examples: told.sort((a, b) => a.second - b.second) };
}

function keepExample({ examples }: OpenSpan, example: LedgerExample): void {
  const kept = examples.get(example.as) ?? [];
  examples.set(example.as, kept);
  if (kept.length < examplesKept) kept.push(example);
}

function widened(span: SecondSpan | undefined, second: number): SecondSpan {
  if (span === undefined) return { firstSecond: second, lastSecond: second };
  return {
    firstSecond: Math.min(span.firstSecond, second),
    lastSecond: Math.max(span.lastSecond, second),
  };
}
