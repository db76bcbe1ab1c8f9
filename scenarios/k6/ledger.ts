/** The ledger: what the system acknowledged and what went wrong, as lines of k6's log (`--log-output file=…`). */
import type { Json } from './contract.ts';

export type LedgerFields = Readonly<Record<string, Json | undefined>>;

/** Writes `PEAKPROOF {"kind":…,"atMs":…,…}` as one line. It costs no request, and survives a killed run. */
export function ledger(kind: string, fields: LedgerFields): void {
  console.log(`PEAKPROOF ${JSON.stringify({ kind, atMs: Date.now(), ...fields })}`);
}
