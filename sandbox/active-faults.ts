/** Injects faults and takes them back; knows which are active. What concerns one service happens in turn. */
import type { ServiceName } from '../scenarios/catalog.ts';
import { faultKinds } from './faults/index.ts';
import type { FaultKind, TakeBack } from './faults/types.ts';
import type { Fleet } from './fleet.ts';
import type { FaultOrder } from './kit/messages.ts';
import type { CheckedFault } from './read-fault.ts';
import { NotRunning } from './unit.ts';

/** Why a fault cannot be injected now. */
export class FaultRefused extends Error {}

export interface ActiveFault extends CheckedFault {
  readonly id: string;
  /** When it was in force, ms since the epoch. */
  readonly sinceMs: number;
}

interface Entry {
  readonly fault: ActiveFault;
  readonly takeBack: TakeBack;
}

export class ActiveFaults {
  readonly #fleet: Fleet;
  readonly #active = new Map<string, Entry>();
  /** On their way into force: taking one back waits for it, or it would come after. */
  readonly #injecting = new Map<string, Promise<ActiveFault>>();
  readonly #turns = new Map<ServiceName, Promise<unknown>>();

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
    fleet.onRestart((services) => this.#restore(services));
  }

  list(): readonly ActiveFault[] {
    return [...this.#active.values()].map(({ fault }) => fault);
  }

  find(id: string): ActiveFault | undefined {
    return this.#active.get(id)?.fault;
  }

  /** @throws FaultRefused if the kind means nothing to the service. */
  async check(fault: CheckedFault): Promise<void> {
    await this.#ask({ ...fault, id: '' }, 'check');
  }

  /** Resolves once the fault is in force; at once if it is. @throws FaultRefused. */
  inject(id: string, fault: CheckedFault): Promise<ActiveFault> {
    const injecting = this.#inTurn(fault.service, async () => {
      const same = this.#active.get(id)?.fault;
      if (same) return again(same, fault);
      const like = this.list().find(({ service, kind }) => service === fault.service && kind === fault.kind);
      if (like) throw new FaultRefused(`${like.id} already is a ${fault.kind} of ${fault.service}`);
      const takeBack = await this.#strike({ ...fault, id });
      const active = { ...fault, id, sinceMs: Date.now() };
      this.#active.set(id, { fault: active, takeBack });
      return active;
    });
    this.#injecting.set(id, injecting);
    return injecting.finally(() => this.#injecting.delete(id));
  }

  /** Resolves once the fault is gone, also if it never was there. */
  async takeBack(id: string): Promise<void> {
    await this.#injecting.get(id)?.catch(() => {});
    const service = this.#active.get(id)?.fault.service;
    if (service === undefined) return;
    await this.#inTurn(service, async () => {
      const entry = this.#active.get(id);
      // Gone from the list first: a process that starts again now must not have it.
      this.#active.delete(id);
      try {
        await entry?.takeBack();
      } catch (error) {
        if (entry) this.#active.set(id, entry);
        throw error;
      }
    });
  }

  async #strike(order: FaultOrder & CheckedFault): Promise<TakeBack> {
    const { service, parameters } = order;
    const kind: FaultKind = faultKinds[order.kind];
    if (kind.strike) {
      await this.#ask(order, 'check');
      const takeBack = await kind.strike(this.#fleet, service, parameters);
      return async () => {
        await takeBack();
        await this.#endWithin(order);
      };
    }
    await this.#ask(order, 'inject');
    return () => this.#endWithin(order);
  }

  async #endWithin({ service, id }: FaultOrder): Promise<void> {
    await unlessDown(this.#fleet.ask(service, { type: 'take-back', service, id }));
  }

  async #ask(fault: FaultOrder, type: 'check' | 'inject'): Promise<void> {
    try {
      await this.#fleet.ask(fault.service, { type, fault });
    } catch (error) {
      throw new FaultRefused((error as Error).message);
    }
  }

  /** A service that starts again while faults last gets those that act within it. */
  async #restore(services: readonly ServiceName[]): Promise<void> {
    const lasting = this.list().filter(({ service }) => services.includes(service));
    for (const fault of lasting) {
      // It may have been taken back while the one before it was on its way.
      if (!this.#active.has(fault.id)) continue;
      await unlessDown(this.#fleet.ask(fault.service, { type: 'inject', fault }));
    }
  }

  #inTurn<T>(service: ServiceName, act: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(service) ?? Promise.resolve();
    const turn = before.then(act, act);
    this.#turns.set(
      service,
      turn.catch(() => {}),
    );
    return turn;
  }
}

/** A process that is down, or dies meanwhile, has nothing of a fault any more. */
async function unlessDown(asked: Promise<unknown>): Promise<void> {
  await asked.catch((error: unknown) => {
    if (!(error instanceof NotRunning)) throw error;
  });
}

function again(active: ActiveFault, wanted: CheckedFault): ActiveFault {
  const names = Object.keys(wanted.parameters);
  const isSame =
    active.kind === wanted.kind &&
    active.service === wanted.service &&
    names.every((name) => active.parameters[name] === wanted.parameters[name]);
  if (!isSame) throw new FaultRefused(`${active.id} is active, and another fault`);
  return active;
}
