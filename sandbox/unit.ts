/** A worker thread as the sandbox's process sees it: it can be started again, asked, and may end by itself. */
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ServiceName } from '../scenarios/catalog.ts';
import type { Addresses, FromWorker, Question, ToWorker, WorkerSettings } from './kit/messages.ts';

/** Heap of a worker. A healthy service holds 10 to 25 MB; what leaks dies here instead of taking the machine along. */
const heapLimitMb = { perService: 128, youngGeneration: 16 } as const;
/** A worker that does not end by itself within this time, because its loop is busy, is ended wherever it is. */
const lastTurnMs = 250;

/** A failure that may name a port. */
export class StartFailure extends Error {
  readonly occupiedPort: number | undefined;

  constructor(reason: string, occupiedPort: number | undefined) {
    super(reason);
    this.occupiedPort = occupiedPort;
  }
}

/** The process is not there to be asked. */
export class NotRunning extends Error {}

interface Waiting {
  readonly answered: (value: unknown) => void;
  readonly refused: (error: Error) => void;
}

export interface UnitEvents {
  /** The worker ended without having been told to. */
  readonly onDeath: (unit: Unit) => void;
  readonly onAcknowledged: (orderId: string, atMs: number) => void;
}

export class Unit {
  readonly services: readonly ServiceName[];
  readonly #program: URL;
  readonly #settings: Omit<WorkerSettings, 'ports'>;
  readonly #ports: Partial<Record<ServiceName, number>>;
  readonly #events: UnitEvents;
  readonly #asked = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #questions = 0;

  constructor(program: URL, { ports, ...settings }: WorkerSettings, events: UnitEvents) {
    this.#program = program;
    this.#settings = settings;
    this.#ports = { ...ports };
    this.services = Object.keys(ports) as ServiceName[];
    this.#events = events;
  }

  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /** Starts the worker; answers its services' addresses once all of them listen. They are the same ones every time. */
  async listen(): Promise<Partial<Addresses>> {
    const worker = new Worker(this.#program, {
      // An inspector tells threads apart by it.
      name: this.services.join(', '),
      workerData: { ...this.#settings, ports: this.#ports } satisfies WorkerSettings,
      resourceLimits: {
        maxYoungGenerationSizeMb: heapLimitMb.youngGeneration,
        maxOldGenerationSizeMb: heapLimitMb.perService * this.services.length,
      },
    });
    this.#worker = worker;
    worker.on('error', (error) => process.stderr.write(`sandbox: ${this.services}: ${error.stack}\n`));
    worker.on('exit', () => this.#ended(worker));
    worker.on('message', (message: FromWorker) => this.#hear(message));
    const listening = new Set<ServiceName>();
    await this.#heard(worker, (message) => {
      if (message.type !== 'listening') return false;
      this.#ports[message.service] = message.port;
      return listening.add(message.service).size === this.services.length;
    });
    return Object.fromEntries(
      Object.entries(this.#ports).map(([service, port]) => [service, `http://127.0.0.1:${port}`]),
    );
  }

  /** Tells the worker where the others are; resolves once its services are ready. */
  async meet(addresses: Addresses): Promise<void> {
    const worker = this.#running();
    const ready = this.#heard(worker, ({ type }) => type === 'ready');
    worker.postMessage({ type: 'peers', addresses } satisfies ToWorker);
    await ready;
  }

  /**
   * Ends the worker between two turns of its loop, so that each answer that left it was also told here: what it
   * acknowledged is known exactly. Nothing happens if it does not run.
   */
  async kill(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (!worker) return;
    const ended = once(worker, 'exit');
    worker.postMessage({ type: 'die' } satisfies ToWorker);
    await Promise.race([ended, setTimeout(lastTurnMs, undefined, { ref: false })]);
    await worker.terminate();
  }

  /** @throws NotRunning, or the reason of a refusal. */
  async ask(question: Question): Promise<unknown> {
    const worker = this.#running();
    this.#questions += 1;
    const number = this.#questions;
    return new Promise((answered, refused) => {
      this.#asked.set(number, { answered, refused });
      worker.postMessage({ type: 'ask', number, question } satisfies ToWorker);
    });
  }

  #running(): Worker {
    if (!this.#worker) throw new NotRunning(`${this.services} is down`);
    return this.#worker;
  }

  #hear(message: FromWorker): void {
    if (message.type === 'acknowledged') this.#events.onAcknowledged(message.orderId, message.atMs);
    if (message.type !== 'answer' && message.type !== 'refusal') return;
    const waiting = this.#asked.get(message.number);
    this.#asked.delete(message.number);
    if (message.type === 'answer') waiting?.answered(message.value);
    else waiting?.refused(new Error(message.reason));
  }

  #ended(worker: Worker): void {
    const wasExpected = this.#worker !== worker;
    if (!wasExpected) this.#worker = undefined;
    for (const { refused } of this.#asked.values()) refused(new NotRunning(`${this.services} has died`));
    this.#asked.clear();
    if (!wasExpected) this.#events.onDeath(this);
  }

  /** Resolves when a message is what was waited for; rejects if the worker fails or ends instead. */
  async #heard(worker: Worker, isIt: (message: FromWorker) => boolean): Promise<void> {
    const stop = new AbortController();
    const heard = new Promise<void>((done, failed) => {
      const listen = (message: FromWorker) => {
        if (message.type === 'failed') failed(new StartFailure(message.reason, message.occupiedPort));
        else if (isIt(message)) done();
      };
      worker.on('message', listen);
      stop.signal.addEventListener('abort', () => worker.off('message', listen));
    });
    const ended = once(worker, 'exit', { signal: stop.signal }).then(() => {
      throw new NotRunning(`${this.services} ended while it started`);
    });
    try {
      await Promise.race([heard, ended]);
    } finally {
      stop.abort();
    }
  }
}
