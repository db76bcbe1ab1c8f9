/** Counts of replicas, as the series of Measurements that follow from them. */
import type { ReplicaSeries } from '../../slo/measurements.ts';

export class ReplicaTable {
  readonly #seconds: number;
  readonly #counts = new Map<string, (number | null)[]>();

  constructor(durationSeconds: number) {
    this.#seconds = Math.ceil(durationSeconds);
  }

  /** Adds one round of readings; what lies outside the plan is left out. */
  add(counts: Readonly<Record<string, number>>, second: number): void {
    if (second < 0 || second >= this.#seconds) return;
    for (const [service, count] of Object.entries(counts)) {
      const column = this.#counts.get(service) ?? new Array<number | null>(this.#seconds).fill(null);
      this.#counts.set(service, column);
      column[second] = count;
    }
  }

  get series(): ReplicaSeries[] {
    return [...this.#counts].map(([service, counts]) => ({ service, counts }));
  }
}
