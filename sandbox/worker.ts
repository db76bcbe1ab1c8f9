/** A worker thread: one service with its own event loop, state, port and metrics. */
import { parentPort, workerData } from 'node:worker_threads';
import { catalog, type ServiceName } from '../scenarios/catalog.ts';
import type { Client } from './kit/client.ts';
import type { Addresses, FromWorker, ServiceSettings, ToWorker } from './kit/messages.ts';
import { buildServer } from './kit/server.ts';
import type { Kit, ServiceDefinition } from './kit/service.ts';
import { services } from './registry.ts';

const settings = workerData as ServiceSettings;
const callTimeoutMs = 2_000;

function tell(message: FromWorker): void {
  parentPort?.postMessage(message);
}

/** Only services that call others load the client: its libraries are a third of a worker's start. */
async function clientsOf(service: ServiceName, addresses: Addresses): Promise<Kit['client']> {
  const callees: readonly string[] = catalog[service].calls;
  if (callees.length === 0) {
    return (callee) => {
      throw new Error(`${service} calls ${callee}, which the catalog does not say`);
    };
  }
  const { createClient } = await import('./kit/client.ts');
  const clients = new Map<string, Client>();
  for (const callee of callees) {
    clients.set(
      callee,
      createClient(callee, () => addresses[callee as ServiceName], callTimeoutMs),
    );
  }
  return (callee) => {
    const client = clients.get(callee);
    if (!client) throw new Error(`${service} calls ${callee}, which the catalog does not say`);
    return client;
  };
}

function withReplicas(definition: ServiceDefinition<ServiceName>): ServiceDefinition<ServiceName> {
  if (!settings.fixedReplicas) return definition;
  const { capacity } = definition;
  const { min } = capacity.replicas;
  return { ...definition, capacity: { ...capacity, replicas: { min, max: min } } };
}

async function createKit(addresses: Addresses): Promise<Kit> {
  const client = await clientsOf(settings.service, addresses);
  return {
    settings,
    client,
    addresses,
    every: (ms, task) => void setInterval(task, ms).unref(),
  };
}

async function run(): Promise<void> {
  const addresses = {} as Record<ServiceName, string>;
  const definition = withReplicas((await services[settings.service]()) as ServiceDefinition<ServiceName>);
  const implementation = await definition.start(await createKit(addresses));
  const app = buildServer(definition, implementation, settings.impairments);
  parentPort?.once('message', async (message: ToWorker) => {
    Object.assign(addresses, message.addresses);
    try {
      await implementation.prepare?.();
      tell({ type: 'ready' });
    } catch (error) {
      fail(error);
    }
  });
  await app.listen({ host: '127.0.0.1', port: settings.port });
  const address = app.server.address();
  tell({ type: 'listening', port: typeof address === 'object' && address ? address.port : 0 });
}

function fail(error: unknown): void {
  const code = (error as NodeJS.ErrnoException).code;
  const reason = error instanceof Error ? error.message : String(error);
  tell({
    type: 'failed',
    reason: `${settings.service}: ${reason}`,
    ...(code === 'EADDRINUSE' && { occupiedPort: settings.port }),
  });
}

run().catch(fail);
