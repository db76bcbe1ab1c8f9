/** All processes of the sandbox: each worker under the names of its services. */
import { join } from 'node:path';
import { catalog, type ServiceName } from '../scenarios/catalog.ts';
import type { ProcessPoints } from './faults/types.ts';
import { forgetAfter, logFile } from './kit/durable-log.ts';
import type { Addresses, Question, SharedSettings } from './kit/messages.ts';
import { OrderBook } from './order-book.ts';
import { NotRunning, Unit } from './unit.ts';

const serviceNames = Object.keys(catalog) as ServiceName[];

/** How soon after its death a process is started again, where somebody looks after it. */
const healthCheckMs = 1_000;

export class Fleet implements ProcessPoints {
  readonly orders: OrderBook;
  readonly #settings: SharedSettings;
  readonly #units: readonly Unit[];
  /** Called when a unit runs again, before anybody relies on it. */
  #onRestart: (services: readonly ServiceName[]) => Promise<void> = async () => {};
  #peers: Addresses | undefined;
  /** Units that were ended on purpose: whoever did it starts them again. */
  readonly #keptDown = new Set<Unit>();
  /** Units on their way up, so that two who want the same wait for one start. */
  readonly #starting = new Map<Unit, Promise<void>>();

  constructor(program: URL, settings: SharedSettings, gatewayPort: number) {
    this.#settings = settings;
    this.orders = new OrderBook(join(settings.dataFolder, logFile('order')));
    const ports = Object.fromEntries(
      serviceNames.map((service) => [service, service === 'gateway' ? gatewayPort : 0]),
    );
    const processes = settings.defects.includes('legacy-monolith')
      ? [ports]
      : Object.entries(ports).map(([service, port]) => ({ [service]: port }));
    const events = {
      onDeath: (unit: Unit) => this.#onDeath(unit),
      onAcknowledged: (orderId: string, atMs: number) => this.orders.acknowledge(orderId, atMs),
    };
    this.#units = processes.map((its) => new Unit(program, { ...settings, ports: its }, events));
  }

  onRestart(restore: (services: readonly ServiceName[]) => Promise<void>): void {
    this.#onRestart = restore;
  }

  /** Starts everything; `onListening` is told when all services listen. Others find a service at its detour, if it has one. */
  async start(detours: Partial<Addresses>, onListening: () => void): Promise<Addresses> {
    const found = await Promise.all(this.#units.map((unit) => unit.listen()));
    const addresses = Object.assign({}, ...found) as Addresses;
    const peers = { ...addresses, ...detours };
    this.#peers = peers;
    onListening();
    await Promise.all(this.#units.map((unit) => unit.meet(peers)));
    return addresses;
  }

  async kill(service: ServiceName): Promise<void> {
    const unit = this.#unitOf(service);
    this.#keptDown.add(unit);
    await unit.kill();
  }

  async restart(service: ServiceName): Promise<void> {
    const unit = this.#unitOf(service);
    this.#keptDown.delete(unit);
    const starting = this.#starting.get(unit) ?? this.#startAgain(unit);
    this.#starting.set(unit, starting);
    await starting.finally(() => this.#starting.delete(unit));
  }

  async forgetAfter(service: ServiceName, atMs: number): Promise<void> {
    await forgetAfter(join(this.#settings.dataFolder, logFile(service)), atMs);
  }

  /** @throws NotRunning if the service is down, or the reason of its refusal. */
  ask(service: ServiceName, question: Question): Promise<unknown> {
    return this.#unitOf(service).ask(question);
  }

  isRunning(service: ServiceName): boolean {
    return this.#unitOf(service).isRunning;
  }

  /** Asks every process; those that are down have no answer. */
  async askAll(question: Question): Promise<unknown[]> {
    const answers = this.#units.map((unit) =>
      unit.ask(question).catch((error: unknown) => {
        if (error instanceof NotRunning) return undefined;
        throw error;
      }),
    );
    return Promise.all(answers);
  }

  async #startAgain(unit: Unit): Promise<void> {
    if (unit.isRunning || !this.#peers) return;
    // What was acknowledged and is not on disk now will never be: the process that knew it is gone.
    if (unit.services.includes('order')) await this.orders.countLost();
    await unit.listen();
    await unit.meet(this.#peers);
    await this.#onRestart(unit.services);
  }

  #onDeath(unit: Unit): void {
    const [service] = unit.services;
    if (!service || this.#settings.defects.includes('no-health-check')) return;
    const startAgain = () => {
      if (!this.#keptDown.has(unit)) this.restart(service).catch(() => this.#onDeath(unit));
    };
    setTimeout(startAgain, healthCheckMs).unref();
  }

  #unitOf(service: ServiceName): Unit {
    const unit = this.#units.find(({ services }) => services.includes(service));
    if (!unit) throw new Error(`no process runs ${service}`);
    return unit;
  }
}
