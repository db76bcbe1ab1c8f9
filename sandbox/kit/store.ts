/**
 * State that outlives its process: what changes it is a record on disk first, and a service that starts again plays
 * the records of its log again. A copy that lags can stand in for it where it is read.
 */
import { type DurableLog, recordsOf } from './durable-log.ts';

/** When a record was appended, ms since the epoch. */
interface Timed {
  readonly atMs: number;
}

export interface StateOf<State, R> {
  readonly create: () => State;
  /** Must take the same record twice without harm, and share no object between two states. */
  readonly apply: (state: State, record: R) => void;
}

export class Store<State, R extends object> {
  readonly #log: DurableLog;
  readonly #shape: StateOf<State, R>;
  readonly #state: State;
  #copy: { readonly state: State; readonly lagMs: number } | undefined;

  private constructor(log: DurableLog, shape: StateOf<State, R>, state: State) {
    this.#log = log;
    this.#shape = shape;
    this.#state = state;
  }

  /** Plays the log's records; the store then holds what it held when its process ended. */
  static async open<State, R extends object>(log: DurableLog, shape: StateOf<State, R>) {
    const state = shape.create();
    for (const record of await recordsOf<R & Timed>(log.path)) shape.apply(state, record);
    return new Store(log, shape, state);
  }

  /** The truth, for decisions. */
  get state(): State {
    return this.#state;
  }

  /** What reads see: the truth, or the copy while it stands in. */
  get readable(): State {
    return this.#copy === undefined ? this.#state : this.#copy.state;
  }

  get lagMs(): number {
    return this.#copy?.lagMs ?? 0;
  }

  /** Resolves once the record is safe and its effect can be seen; rejects, without any effect, if it could not be written. */
  async append(record: R): Promise<void> {
    const timed = { atMs: Date.now(), ...record };
    await this.#log.append(timed);
    this.#apply(timed);
  }

  /** The same at once, for a record that a crash may take back: what it says will then be said again. */
  note(record: R): void {
    const timed = { atMs: Date.now(), ...record };
    this.#log.note(timed);
    this.#apply(timed);
  }

  /** Reads come from a copy that is `lagMs` behind, until `catchUp`. */
  async fallBehind(lagMs: number): Promise<void> {
    const state = this.#shape.create();
    const records = await recordsOf<R & Timed>(this.#log.path);
    this.#copy = { state, lagMs };
    const nowMs = Date.now();
    for (const record of records) {
      const waitMs = record.atMs + lagMs - nowMs;
      if (waitMs > 0) this.#applyLater(state, record, waitMs);
      else this.#shape.apply(state, record);
    }
  }

  catchUp(): void {
    this.#copy = undefined;
  }

  #apply(record: R): void {
    this.#shape.apply(this.#state, record);
    if (this.#copy) this.#applyLater(this.#copy.state, record, this.#copy.lagMs);
  }

  #applyLater(state: State, record: R, waitMs: number): void {
    setTimeout(() => this.#shape.apply(state, record), waitMs).unref();
  }
}
