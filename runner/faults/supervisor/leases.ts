/** All faults of a run: which is active, and how all of them are taken back. */
import type { FaultProcedure } from '../types.ts';
import { Lease, type LeaseTimes } from './lease.ts';
import { lastFirst } from './roll-back.ts';
import type { LeaseTools } from './tools.ts';

export class Leases {
  readonly #leases: ReadonlyMap<string, Lease>;
  /** In the order in which they were ordered. */
  readonly #ordered: Lease[] = [];
  #ended: Promise<boolean> | undefined;

  constructor(procedures: readonly FaultProcedure[], tools: LeaseTools, mayOverlap: boolean) {
    const obstacle = (): string | undefined => (mayOverlap ? undefined : this.#unfinished());
    this.#leases = new Map(
      procedures.map((procedure) => [procedure.fault.id, new Lease(procedure, tools, obstacle)]),
    );
  }

  /** A fault that is not over yet, in words. */
  #unfinished(): string | undefined {
    for (const [id, { isActive, isSettling }] of this.#leases) {
      if (isActive) return `${id} was not taken back yet`;
      if (isSettling) return `the system was not steady again after ${id}`;
    }
    return undefined;
  }

  /** Lets a fault take its course. Nothing happens to one that is unknown, or once all of them were ended. */
  order(fault: string, times: LeaseTimes): void {
    const lease = this.#leases.get(fault);
    if (lease === undefined || this.#ended !== undefined || this.#ordered.includes(lease)) return;
    this.#ordered.push(lease);
    void lease.run(times);
  }

  /**
   * Takes back whatever is active, the last one first, and injects nothing more. Resolves with true if all was
   * taken back, once that is so or given up.
   */
  endAll(why: string): Promise<boolean> {
    this.#ended ??= this.#endEach(why);
    return this.#ended;
  }

  async #endEach(why: string): Promise<boolean> {
    return (await lastFirst(this.#ordered, (lease) => lease.end(why))).every(Boolean);
  }

  /** Gives the system `patienceMs` more to become steady after the faults that were taken back. */
  async settle(patienceMs: number): Promise<void> {
    await Promise.all(this.#ordered.map((lease) => lease.settle(patienceMs)));
  }
}
