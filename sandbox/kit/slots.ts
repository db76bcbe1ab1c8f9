/**
 * Bounded concurrency with a first-in-first-out queue: a replica works on as many requests at once as
 * it has slots. A slot is held for the service time without burning CPU; waiting for another service
 * does not hold one, as in any service with asynchronous I/O.
 */
import { unavailable } from './errors.ts';

export interface SlotLoad {
  /** Mean share of slots in use since the last reading; above 1 never. */
  readonly utilisation: number;
  /** Mean number of requests that waited for a slot since the last reading. */
  readonly queued: number;
}

export class Slots {
  #capacity: number;
  #busy = 0;
  #busyMs = 0;
  #waitedMs = 0;
  #changedAtMs: number;
  #readAtMs: number;
  #waiting: (() => void)[] = [];
  #head = 0;
  readonly #queueLimit: number;
  readonly #now: () => number;

  /** `now` is a monotonic clock in ms. */
  constructor(capacity: number, queueLimit: number, now: () => number = () => performance.now()) {
    this.#capacity = capacity;
    this.#queueLimit = queueLimit;
    this.#now = now;
    this.#changedAtMs = this.#readAtMs = now();
  }

  get queued(): number {
    return this.#waiting.length - this.#head;
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** Resolves once a slot was held for `serviceTimeMs`; throws 503 if the queue is full. */
  async work(serviceTimeMs: number): Promise<void> {
    await this.#acquire();
    await new Promise((done) => setTimeout(done, serviceTimeMs));
    this.#release();
  }

  /** More capacity admits waiting requests at once; less takes effect as work ends. */
  resize(capacity: number): void {
    this.#count();
    this.#capacity = capacity;
    this.#admit();
  }

  /** Load since the last reading. */
  read(): SlotLoad {
    this.#count();
    const nowMs = this.#now();
    const elapsedMs = nowMs - this.#readAtMs;
    const utilisation = elapsedMs > 0 ? Math.min(1, this.#busyMs / (elapsedMs * this.#capacity)) : 0;
    const queued = elapsedMs > 0 ? this.#waitedMs / elapsedMs : 0;
    this.#busyMs = 0;
    this.#waitedMs = 0;
    this.#readAtMs = nowMs;
    return { utilisation, queued };
  }

  async #acquire(): Promise<void> {
    if (this.#busy < this.#capacity && this.queued === 0) {
      this.#count();
      this.#busy += 1;
      return;
    }
    if (this.queued >= this.#queueLimit) throw unavailable('overloaded: the queue is full');
    this.#count();
    await new Promise<void>((admitted) => this.#waiting.push(admitted));
  }

  #release(): void {
    this.#count();
    this.#busy -= 1;
    this.#admit();
  }

  #admit(): void {
    while (this.#busy < this.#capacity && this.queued > 0) {
      const admitted = this.#waiting[this.#head];
      this.#head += 1;
      this.#busy += 1;
      admitted?.();
    }
    if (this.queued === 0) {
      this.#waiting = [];
      this.#head = 0;
    }
  }

  /** Adds the busy and the waiting time since the last change, before anything changes. */
  #count(): void {
    const nowMs = this.#now();
    const unchangedMs = nowMs - this.#changedAtMs;
    this.#busyMs += unchangedMs * this.#busy;
    this.#waitedMs += unchangedMs * this.queued;
    this.#changedAtMs = nowMs;
  }
}
