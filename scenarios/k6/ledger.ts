/** The ledger: what was attempted, what the system acknowledged and what went wrong, as lines of k6's log. */
import type { AttemptStage } from '../model.ts';
import { ContractBroken, type Json } from './contract.ts';

export type LedgerFields = Readonly<Record<string, Json | undefined>>;

/** Writes `PEAKPROOF {"kind":…,"atMs":…,…}` as one line. It costs no request, and survives a killed run. */
export function ledger(kind: string, fields: LedgerFields): void {
  console.log(`PEAKPROOF ${JSON.stringify({ kind, atMs: Date.now(), ...fields })}`);
}

/**
 * Two lines: that it is begun, and how it ended. The second repeats what was known, so that an acknowledgement can
 * be read back even where the first line was lost. `act` returns undefined if it was declined. Throws what it throws.
 */
export function attempt<T extends LedgerFields>(
  kind: string,
  ref: string,
  known: LedgerFields,
  act: () => T | undefined,
): T | undefined {
  const write = (stage: AttemptStage, fields?: LedgerFields) =>
    ledger(kind, { ...known, ...fields, stage, ref });
  write('begun');
  try {
    const acknowledged = act();
    write(acknowledged === undefined ? 'rejected' : 'acknowledged', acknowledged);
    return acknowledged;
  } catch (error) {
    const wasRefused = error instanceof ContractBroken && isRefusal(error.status);
    write(wasRefused ? 'rejected' : 'unknown');
    throw error;
  }
}

/**
 * Only what the system itself declined is certain not to have been done. A server's failure, a timeout (408 too)
 * and a broken connection may each have come after the deed, and so may an answer that nobody could read.
 */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
}
