/**
 * From wall-clock time to seconds of the plan.
 *
 * An export holds the samples of about one second, and they belong to the second of the plan in which
 * the middle of that interval lies. Exports end a second apart with a jitter of milliseconds, so that
 * a middle near the edge of two seconds would fall now here, now there: the first export fixes where
 * the edge is, and later ones count whole seconds from it.
 */

const exportIntervalMs = 1000;
/** k6 hands its samples to the exporter every 100 ms, so that on average they are this much older. */
const meanFlushDelayMs = 50;

export class PlanClock {
  #startedAtMs: number | undefined;
  #firstExport: { readonly endMs: number; readonly second: number } | undefined;

  /** Wall-clock time of second 0, ms since the epoch; undefined until the first iteration has told it. */
  get startedAtMs(): number | undefined {
    return this.#startedAtMs;
  }

  /** Only the first call counts: every scenario tells the same start, give or take a millisecond. */
  start(atMs: number): void {
    this.#startedAtMs ??= atMs;
  }

  /** How much later than the plan's seconds those of exports begin, within half a second; 0 before the first. */
  get exportOffsetSeconds(): number {
    if (this.#firstExport === undefined || this.#startedAtMs === undefined) return 0;
    const { endMs, second } = this.#firstExport;
    return (endMs - exportIntervalMs - meanFlushDelayMs - this.#startedAtMs) / 1000 - second;
  }

  /** Negative before second 0, and as long as that is unknown. */
  secondOfEvent(atMs: number): number {
    return Math.floor((atMs - (this.#startedAtMs ?? Number.POSITIVE_INFINITY)) / 1000);
  }

  /** The second of the samples in an export that ended at `endMs`; 0 while k6 was still getting ready. */
  secondOfExport(endMs: number): number {
    const middleMs = endMs - exportIntervalMs / 2 - meanFlushDelayMs;
    this.#firstExport ??= { endMs, second: this.secondOfEvent(middleMs) };
    const { endMs: firstEndMs, second } = this.#firstExport;
    return Math.max(0, second + Math.round((endMs - firstEndMs) / exportIntervalMs));
  }
}
