/** Memory that cannot grow without end: the oldest entry leaves when the limit is reached. */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  set(key: K, value: V): void {
    if (!this.#entries.has(key) && this.#entries.size >= this.#limit) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    this.#entries.set(key, value);
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  values(): V[] {
    return [...this.#entries.values()];
  }
}

/** True the first time an id is seen: what makes at-least-once delivery count once. */
export class Deduplicator {
  readonly #seen: BoundedMap<string, true>;

  constructor(limit: number) {
    this.#seen = new BoundedMap(limit);
  }

  isNew(id: string): boolean {
    if (this.#seen.has(id)) return false;
    this.#seen.set(id, true);
    return true;
  }

  forget(id: string): void {
    this.#seen.delete(id);
  }
}

/**
 * Keeps a loaded value for `maxAgeMs`; concurrent callers share one load. When a load fails, the stale
 * value serves if there is one, else the error is thrown.
 */
export class Cache<V> {
  readonly #entries: BoundedMap<string, { value: Promise<V>; loadedAtMs: number }>;
  readonly #maxAgeMs: number;

  constructor(maxAgeMs: number, limit = 5_000) {
    this.#maxAgeMs = maxAgeMs;
    this.#entries = new BoundedMap(limit);
  }

  get(key: string, load: () => Promise<V>): Promise<V> {
    const known = this.#entries.get(key);
    const nowMs = performance.now();
    if (known && nowMs - known.loadedAtMs < this.#maxAgeMs) return known.value;
    const value = known ? load().catch(() => known.value) : load();
    this.#entries.set(key, { value, loadedAtMs: nowMs });
    if (!known) value.catch(() => this.#entries.set(key, { value, loadedAtMs: Number.NEGATIVE_INFINITY }));
    return value;
  }
}
