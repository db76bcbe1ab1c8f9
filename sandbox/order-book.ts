/**
 * What the sandbox knows of the orders it acknowledged, beside the order service itself: a process that died cannot
 * say what it lost.
 */
import { recordsOf } from './kit/durable-log.ts';

interface LedgerRecord {
  readonly event: string;
  readonly id: string;
}

export interface OrderFacts {
  /** Orders whose acknowledgement left the order service. */
  readonly acknowledged: number;
  /** Those of them that are gone: the ids, in the order of their acknowledgement. */
  readonly lost: readonly string[];
  /** From the first to the last acknowledgement that was lost, ms since the epoch; null if none was. */
  readonly lostFromMs: number | null;
  readonly lostToMs: number | null;
}

export class OrderBook {
  readonly #ledgerPath: string;
  /** When each order was acknowledged, ms since the epoch. */
  readonly #acknowledgedAtMs = new Map<string, number>();
  readonly #lost = new Set<string>();

  constructor(ledgerPath: string) {
    this.#ledgerPath = ledgerPath;
  }

  /** Also for an order that was lost and placed again. */
  acknowledge(orderId: string, atMs: number): void {
    this.#acknowledgedAtMs.set(orderId, atMs);
    this.#lost.delete(orderId);
  }

  /** Looks up in the ledger what was acknowledged; call it while the order service is down. */
  async countLost(): Promise<void> {
    const records = await recordsOf<LedgerRecord>(this.#ledgerPath);
    const placed = new Set(records.filter(({ event }) => event === 'placed').map(({ id }) => id));
    for (const id of this.#acknowledgedAtMs.keys()) if (!placed.has(id)) this.#lost.add(id);
  }

  facts(): OrderFacts {
    const lost = [...this.#acknowledgedAtMs].filter(([id]) => this.#lost.has(id));
    const times = lost.map(([, atMs]) => atMs);
    return {
      acknowledged: this.#acknowledgedAtMs.size,
      lost: lost.map(([id]) => id),
      lostFromMs: times.length > 0 ? Math.min(...times) : null,
      lostToMs: times.length > 0 ? Math.max(...times) : null,
    };
  }
}
