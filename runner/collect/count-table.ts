/** Counts by key, for keys that are small flat objects: the sparse rows of Measurements in the making. */
export class CountTable<Key extends Readonly<Record<string, string | number>>> {
  readonly #rows = new Map<string, Key & { count: number }>();

  add(key: Key, count: number): void {
    const text = Object.values(key).join('\u0000');
    const row = this.#rows.get(text);
    if (row === undefined) this.#rows.set(text, { ...key, count });
    else row.count += count;
  }

  /** In the order of their first appearance. */
  rows(): (Key & { readonly count: number })[] {
    return [...this.#rows.values()].map((row) => ({ ...row }));
  }
}
