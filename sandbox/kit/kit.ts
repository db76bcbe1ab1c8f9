/** Builds what a service may use: clients, durable state, its clock. */
import { join } from 'node:path';
import { catalog, type ServiceName } from '../../scenarios/catalog.ts';
import type { Client } from './client.ts';
import type { Conditions } from './conditions.ts';
import { DurableLog, logFile } from './durable-log.ts';
import type { Addresses, ServiceSettings } from './messages.ts';
import type { Kit } from './service.ts';
import { type StateOf, Store } from './store.ts';

const callTimeoutMs = 2_000;
/** How long Linux keeps what nobody synced in memory, unless told otherwise (vm.dirty_expire_centisecs). */
const writeBehindMs = 30_000;

/** A service's kit, and what faults and monitoring need to know of what was made with it. */
export interface Workshop {
  readonly kit: Kit;
  readonly stores: readonly Pick<Store<unknown, object>, 'lagMs' | 'fallBehind' | 'catchUp'>[];
  /** Asks a dependency whether it is well; rejects if it is not. */
  readonly dependencies: ReadonlyMap<string, () => Promise<unknown>>;
}

interface WorkshopSettings {
  readonly settings: ServiceSettings;
  readonly addresses: Addresses;
  readonly conditions: Conditions;
  readonly acknowledged: Kit['acknowledged'];
}

export async function createWorkshop({
  settings,
  addresses,
  conditions,
  acknowledged,
}: WorkshopSettings): Promise<Workshop> {
  const clients = await clientsOf(settings, addresses, conditions);
  const stores: Workshop['stores'][number][] = [];
  const dependencies = new Map<string, () => Promise<unknown>>();
  for (const [callee, client] of clients) {
    dependencies.set(callee, () => client.call(catalog[callee].health));
  }
  const kit: Kit = {
    settings,
    conditions,
    addresses,
    acknowledged,
    client(callee) {
      const client = clients.get(callee);
      if (!client) throw new Error(`${settings.service} calls ${callee}, which the catalog does not say`);
      return client;
    },
    has: (defect) => settings.defects.includes(defect),
    nowMs: () => Date.now() + conditions.clockSkewMs,
    every: (ms, task) => void setInterval(task, ms).unref(),
    dependsOn: (name, ask) => void dependencies.set(name, ask),
    async store(shape, options) {
      const store = await openStore(settings, conditions, shape, options);
      stores.push(store as Workshop['stores'][number]);
      return store;
    },
  };
  return { kit, stores, dependencies };
}

async function openStore<State, R extends object>(
  { service, dataFolder, defects }: ServiceSettings,
  conditions: Conditions,
  shape: StateOf<State, R>,
  { isLedger = false }: { readonly isLedger?: boolean } = {},
): Promise<Store<State, R>> {
  const isEarly = isLedger && defects.includes('ack-before-fsync');
  const log = await DurableLog.open(join(dataFolder, logFile(service)), {
    synced: isLedger,
    conditions,
    ...(isEarly && { writeBehindMs }),
  });
  return Store.open(log, shape);
}

/** Only services that call others load the client: its libraries are a third of a worker's start. */
async function clientsOf(
  { service, defects }: ServiceSettings,
  addresses: Addresses,
  conditions: Conditions,
): Promise<ReadonlyMap<ServiceName, Client>> {
  const callees: readonly ServiceName[] = catalog[service].calls;
  if (callees.length === 0) return new Map();
  const { createClient } = await import('./client.ts');
  return new Map(
    callees.map((callee) => {
      const isUnprotected =
        service === 'storefront' &&
        callee === 'recommendation' &&
        defects.includes('no-circuit-breaker-on-recommendation');
      const address = () => addresses[callee];
      return [
        callee,
        createClient({ service: callee, address, timeoutMs: callTimeoutMs, conditions, isUnprotected }),
      ];
    }),
  );
}
