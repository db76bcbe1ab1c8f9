import type { Histogram } from '../../slo/measurements.ts';
import { mergeHistograms } from '../../slo/statistics/histogram.ts';

/** Merged histograms by key, for keys that are small flat objects. */
export class HistogramTable<Key extends Readonly<Record<string, string | number>>> {
  readonly #rows = new Map<string, { key: Key; histogram: Histogram }>();

  add(key: Key, histogram: Histogram): void {
    const text = Object.values(key).join('\u0000');
    const row = this.#rows.get(text);
    if (row === undefined) this.#rows.set(text, { key, histogram });
    else row.histogram = mergeHistograms([row.histogram, histogram]) ?? row.histogram;
  }

  /** In the order of their first appearance. */
  rows(): (Key & { readonly histogram: Histogram })[] {
    return [...this.#rows.values()].map(({ key, histogram }) => ({ ...key, histogram }));
  }
}
