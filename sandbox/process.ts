/**
 * The sandbox's process: starts twenty worker threads, tells them each other's addresses, ends when told
 * or when whoever started it is gone. Ctrl-C reaches the whole process group; it is not for us to act on.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import inspector from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { catalog, type ServiceName } from '../scenarios/catalog.ts';
import type {
  Addresses,
  FromSandbox,
  FromWorker,
  Secrets,
  ServiceSettings,
  StartOrder,
  ToSandbox,
} from './kit/messages.ts';

const names = Object.keys(catalog) as ServiceName[];
const workers = new Map<ServiceName, Worker>();
let removeAtEnd: string | undefined;

function tell(message: FromSandbox): void {
  if (process.connected) process.send?.(message);
}

function end(exitCode: number): void {
  if (removeAtEnd) rmSync(removeAtEnd, { recursive: true, force: true });
  process.exit(exitCode);
}

/** A failure that may name a port. */
class StartFailure extends Error {
  readonly occupiedPort: number | undefined;

  constructor(reason: string, occupiedPort: number | undefined) {
    super(reason);
    this.occupiedPort = occupiedPort;
  }
}

/** The next message of a worker of the wanted type; rejects if the worker fails instead. */
function heardFrom<T extends FromWorker['type']>(
  worker: Worker,
  type: T,
): Promise<Extract<FromWorker, { type: T }>> {
  return new Promise((heard, failed) => {
    worker.once('error', failed);
    worker.once('message', (message: FromWorker) => {
      worker.off('error', failed);
      if (message.type === type) heard(message as Extract<FromWorker, { type: T }>);
      else if (message.type === 'failed') failed(new StartFailure(message.reason, message.occupiedPort));
    });
  });
}

function dataFolder(order: StartOrder): string {
  if (order.dataFolder !== undefined) {
    mkdirSync(order.dataFolder, { recursive: true });
    return order.dataFolder;
  }
  removeAtEnd = mkdtempSync(join(tmpdir(), 'peakproof-sandbox-'));
  return removeAtEnd;
}

function startWorker(settings: ServiceSettings): Worker {
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: settings,
    // An inspector tells threads apart by it.
    name: settings.service,
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  worker.on('error', (error) => process.stderr.write(`sandbox: ${settings.service}: ${error.stack}\n`));
  return worker;
}

async function start(order: StartOrder): Promise<void> {
  // The password is the same in every sandbox, so that two runs of one seed send the same bodies.
  const secrets: Secrets = {
    customerPassword: 'black-friday-sandbox',
    webhookSecret: randomBytes(24).toString('hex'),
  };
  const shared = {
    tokenLifetimeSeconds: order.tokenLifetimeSeconds,
    tokenKey: randomBytes(32).toString('hex'),
    secrets,
    dataFolder: dataFolder(order),
    fixedReplicas: order.fixedReplicas,
  };
  const listening = names.map(async (service) => {
    const impairments = order.impairments.filter((item) => item.service === service);
    const port = service === 'gateway' ? order.gatewayPort : 0;
    const worker = startWorker({ ...shared, service, port, impairments });
    workers.set(service, worker);
    const { port: chosen } = await heardFrom(worker, 'listening');
    return [service, `http://127.0.0.1:${chosen}`] as const;
  });
  const addresses = Object.fromEntries(await Promise.all(listening)) as Addresses;
  tell({ type: 'progress', message: `${names.length} services listen` });
  const ready = [...workers.values()].map((worker) => heardFrom(worker, 'ready'));
  const peers = { ...addresses, ...order.detours };
  for (const worker of workers.values()) worker.postMessage({ type: 'peers', addresses: peers });
  await Promise.all(ready);
  if (order.inspect) inspector.open(0, '127.0.0.1');
  const inspectorUrl = order.inspect ? inspector.url() : undefined;
  tell({ type: 'ready', addresses, secrets, ...(inspectorUrl !== undefined && { inspectorUrl }) });
}

function failed(error: unknown): void {
  const occupiedPort = error instanceof StartFailure ? error.occupiedPort : undefined;
  const reason = error instanceof Error ? error.message : String(error);
  tell({ type: 'failed', reason, ...(occupiedPort !== undefined && { occupiedPort }) });
}

async function kill(service: ServiceName): Promise<void> {
  await workers.get(service)?.terminate();
  workers.delete(service);
  tell({ type: 'killed', service });
}

process.on('SIGINT', () => {});
process.on('disconnect', () => end(0));
process.on('message', (message: ToSandbox) => {
  if (message.type === 'start') start(message).catch(failed);
  else if (message.type === 'kill') void kill(message.service);
  else end(0);
});
