/** A fixed window of one second per client key: cheap, and generous enough that only abuse meets it. */

export class RateLimiter {
  readonly #counts = new Map<string, number>();

  /** False once `key` has been seen `limit` times in this window. */
  admits(key: string, limit: number): boolean {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= limit;
  }

  /** Call once a second. */
  startWindow(): void {
    this.#counts.clear();
  }
}
