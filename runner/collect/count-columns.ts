import type { SecondCounts } from '../../slo/measurements.ts';
import { CountWindow } from '../../slo/statistics/count-window.ts';

/** Columns by key, for keys that are small flat objects. */
export class CountColumns<Key extends Readonly<Record<string, string>>> {
  readonly #columns = new Map<string, { readonly key: Key; readonly column: CountWindow }>();

  /** The column of a key; made at its first call. */
  of(key: Key): CountWindow {
    const text = Object.values(key).join('\u0000');
    const found = this.#columns.get(text) ?? { key, column: new CountWindow() };
    this.#columns.set(text, found);
    return found.column;
  }

  /** In the order of their first appearance. */
  series(): (Key & SecondCounts)[] {
    return [...this.#columns.values()].map(({ key, column }) => ({
      ...key,
      from: column.from,
      counts: column.counts,
    }));
  }
}
