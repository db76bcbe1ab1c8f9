/** After the load and its faults: what was attempted is read back from the system, through the API that customers use. */
import { setTimeout as wait } from 'node:timers/promises';
import type { PlannedFault } from '../../profiles/faults.ts';
import { type Attempt, attemptsOf } from '../../slo/ledger/attempts.ts';
import {
  copiesIn,
  type Finding,
  listFinding,
  paramsOf,
  type Reply,
  readFinding,
  type Unread,
  unread,
} from '../../slo/ledger/findings.ts';
import type { LedgerEntry, LedgerLine } from '../../slo/ledger/lines.ts';
import type { LedgerResult } from '../../slo/ledger/result.ts';
import type { Lookup } from '../../slo/ledger/spec.ts';
import { LedgerTally } from '../../slo/ledger/tally.ts';
import type { AskSystem, SuiteLedger } from '../suite.ts';

/** Attempts under way at a time: quick, and no load test of its own. */
const concurrency = 24;
/** What is not there yet is asked for again after this long. */
const pauseMs = 250;
/** Virtual users and runner share a clock, or nearly. */
const clockToleranceMs = 1000;

export interface ReadBackInput {
  readonly lines: Iterable<LedgerLine>;
  readonly faults: readonly PlannedFault[];
  /** Wall-clock time of second 0, ms since the epoch. */
  readonly startedAtMs: number;
  readonly ask: AskSystem;
  readonly secrets: Readonly<Record<string, string>>;
  /** Ends the reading: what was not read by then is unknown. */
  readonly signal: AbortSignal;
}

/** Never rejects: what cannot be read is counted as unknown, with its cause. */
export async function readBack(ledger: SuiteLedger, input: ReadBackInput): Promise<LedgerResult> {
  const { lines, faults, startedAtMs } = input;
  const nowMs = Date.now();
  const tally = new LedgerTally(ledger, faults, startedAtMs);
  const reader = new Reader(ledger, input, nowMs);
  const attempts = attemptsOf(lines, {
    kind: ledger.kind,
    needed: Object.values(ledger.read.params),
    fromMs: startedAtMs - clockToleranceMs,
    toMs: nowMs + clockToleranceMs,
  });
  const work = async () => {
    for (const next of attempts) {
      if ('broken' in next) tally.addIllegible(next.broken);
      else tally.add(next, ...(await reader.read(next)));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return tally.result();
}

class Reader {
  readonly #ledger: SuiteLedger;
  readonly #input: ReadBackInput;
  readonly #settledAtMs: number;
  readonly #endsAtMs: number;

  constructor(ledger: SuiteLedger, input: ReadBackInput, nowMs: number) {
    this.#ledger = ledger;
    this.#input = input;
    this.#settledAtMs = nowMs + ledger.settleSeconds * 1000;
    this.#endsAtMs = nowMs + ledger.patienceSeconds * 1000;
  }

  /** What became of an attempt once the system had its time to settle, and how often it was done. */
  async read({ outcome, fields }: Attempt): Promise<[Finding, number | Unread | undefined]> {
    const look = outcome === 'acknowledged' ? this.#readEntry : this.#findEntry;
    const canSettle = outcome === 'acknowledged' || this.#ledger.find !== undefined;
    for (;;) {
      if (this.#isOver()) return this.#unread();
      const headers = await this.#headersFor(fields);
      const finding = 'standing' in headers ? headers : await look(fields, headers.of);
      const mayChange = canSettle && finding.standing !== 'present' && Date.now() < this.#settledAtMs;
      if (!mayChange) return [finding, await this.#countCopies(fields, headers)];
      await wait(pauseMs);
    }
  }

  #isOver(): boolean {
    return this.#input.signal.aborted || Date.now() >= this.#endsAtMs;
  }

  #unread(): [Unread, Unread | undefined] {
    const finding = unread(`not read within ${this.#ledger.patienceSeconds} s`);
    return [finding, this.#ledger.copies && finding];
  }

  readonly #readEntry = async (entry: LedgerEntry, headers: Headers): Promise<Finding> => {
    const { read } = this.#ledger;
    const reply = await this.#ask(read, entry, headers);
    return 'standing' in reply ? reply : readFinding(read, entry, reply);
  };

  readonly #findEntry = async (entry: LedgerEntry, headers: Headers): Promise<Finding> => {
    const { find } = this.#ledger;
    if (find === undefined) return unread('no way is declared to find what was never acknowledged');
    const reply = await this.#ask(find, entry, headers);
    return 'standing' in reply ? reply : listFinding(find, entry, reply);
  };

  async #countCopies(
    entry: LedgerEntry,
    headers: { readonly of: Headers } | Unread,
  ): Promise<number | Unread | undefined> {
    const { copies } = this.#ledger;
    if (copies === undefined) return undefined;
    const reply = 'standing' in headers ? headers : await this.#ask(copies, entry, headers.of);
    return 'standing' in reply ? reply : copiesIn(copies, entry, reply);
  }

  async #headersFor(entry: LedgerEntry): Promise<{ readonly of: Headers } | Unread> {
    const { ask, secrets } = this.#input;
    try {
      return { of: (await this.#ledger.authenticate?.(entry, { ask, secrets })) ?? {} };
    } catch (error) {
      return unread((error as Error).message);
    }
  }

  async #ask(lookup: Lookup, entry: LedgerEntry, headers: Headers): Promise<Reply | Unread> {
    const params = paramsOf(lookup, entry);
    if (params === undefined) return unread(`an attempt lacks what ${lookup.route} is asked with`);
    try {
      return await this.#input.ask(lookup.route, { params, headers });
    } catch (error) {
      return unread(`${lookup.route}: ${(error as Error).message}`);
    }
  }
}

type Headers = Readonly<Record<string, string>>;
