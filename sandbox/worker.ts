/** A worker thread: one service with its own event loop, state, port and metrics; or all of them, if they are one process. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ServiceName } from '../scenarios/catalog.ts';
import { Host } from './kit/host.ts';
import type { Addresses, FromWorker, Question, ToWorker, WorkerSettings } from './kit/messages.ts';
import { createScaling, monolithCapacity } from './kit/scaling.ts';
import type { ServiceDefinition } from './kit/service.ts';
import { services } from './registry.ts';

const { ports, ...shared } = workerData as WorkerSettings;
const addresses = {} as Record<ServiceName, string>;
const hosts = new Map<ServiceName, Host>();

/**
 * Below the ports that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): while a service
 * is down, nobody takes its port by accident.
 */
const freePorts = { from: 15_000, to: 32_000 } as const;
const portAttempts = 50;

function tell(message: FromWorker): void {
  parentPort?.postMessage(message);
}

async function listen(host: Host, wanted: number, attempts = portAttempts): Promise<number> {
  const { from, to } = freePorts;
  const port = wanted || from + Math.floor(Math.random() * (to - from));
  try {
    return await host.listen(port);
  } catch (error) {
    if (wanted || attempts === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return listen(host, wanted, attempts - 1);
  }
}

async function run(): Promise<void> {
  const isMonolith = shared.defects.includes('legacy-monolith');
  const sharedScaling = isMonolith ? createScaling(monolithCapacity) : undefined;
  await Promise.all(
    (Object.entries(ports) as [ServiceName, number][]).map(async ([service, wanted]) => {
      const host = await Host.create((await services[service]()) as ServiceDefinition<ServiceName>, {
        settings: { ...shared, service },
        addresses,
        acknowledged: (orderId, atMs) => tell({ type: 'acknowledged', orderId, atMs }),
        ...(sharedScaling && { sharedScaling }),
      });
      hosts.set(service, host);
      try {
        tell({ type: 'listening', service, port: await listen(host, wanted) });
      } catch (error) {
        fail(error, service, wanted);
      }
    }),
  );
}

function fail(error: unknown, service = [...hosts.keys()].join(', '), port?: number): void {
  const isOccupied = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' && port !== undefined;
  const reason = error instanceof Error ? error.message : String(error);
  tell({ type: 'failed', reason: `${service}: ${reason}`, ...(isOccupied && { occupiedPort: port }) });
}

async function meet(peers: Addresses): Promise<void> {
  Object.assign(addresses, peers);
  try {
    await Promise.all([...hosts.values()].map((host) => host.prepare()));
    tell({ type: 'ready' });
  } catch (error) {
    fail(error);
  }
}

function hostOf(service: ServiceName): Host {
  const host = hosts.get(service);
  if (!host) throw new Error(`${service} does not run here`);
  return host;
}

async function answer(question: Question): Promise<unknown> {
  switch (question.type) {
    case 'check':
      return hostOf(question.fault.service).check(question.fault);
    case 'inject':
      return hostOf(question.fault.service).inject(question.fault);
    case 'take-back':
      return hostOf(question.service).takeBack(question.id);
    case 'facts':
      return Object.assign({}, ...[...hosts.values()].map((host) => host.facts()));
  }
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'peers') {
    void meet(message.addresses);
    return;
  }
  if (message.type === 'die') process.exit();
  const { number, question } = message;
  answer(question).then(
    (value) => tell({ type: 'answer', number, value }),
    (error: Error) => tell({ type: 'refusal', number, reason: error.message }),
  );
});
run().catch((error) => fail(error));
