import type { SecondCounts } from '../../slo/measurements.ts';

/** A column of counts that grows with the run. */
export class CountColumn {
  #from = 0;
  #length = 0;
  #counts = new Uint32Array(16);

  add(second: number, count: number): void {
    if (this.#length === 0) this.#from = second;
    if (second < this.#from) this.#prepend(this.#from - second);
    const index = second - this.#from;
    if (index >= this.#counts.length)
      this.#counts = copyOf(this.#counts, Math.max(index + 1, 2 * this.#length), 0);
    this.#length = Math.max(this.#length, index + 1);
    this.#counts[index] = (this.#counts[index] as number) + count;
  }

  /** A view: later counts may show in it. */
  toSeries(): SecondCounts {
    return { from: this.#from, counts: this.#counts.subarray(0, this.#length) };
  }

  #prepend(seconds: number): void {
    this.#counts = copyOf(this.#counts.subarray(0, this.#length), this.#length + seconds, seconds);
    this.#length += seconds;
    this.#from -= seconds;
  }
}

function copyOf(counts: Uint32Array, length: number, at: number): Uint32Array<ArrayBuffer> {
  const copy = new Uint32Array(length);
  copy.set(counts, at);
  return copy;
}

/** Columns by key, for keys that are small flat objects. */
export class CountColumns<Key extends Readonly<Record<string, string>>> {
  readonly #columns = new Map<string, { readonly key: Key; readonly column: CountColumn }>();

  /** The column of a key; made at its first call. */
  of(key: Key): CountColumn {
    const text = Object.values(key).join('\u0000');
    const found = this.#columns.get(text) ?? { key, column: new CountColumn() };
    this.#columns.set(text, found);
    return found.column;
  }

  /** In the order of their first appearance. */
  series(): (Key & SecondCounts)[] {
    return [...this.#columns.values()].map(({ key, column }) => ({ ...key, ...column.toSeries() }));
  }
}
