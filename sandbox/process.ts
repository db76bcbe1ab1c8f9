/**
 * The sandbox's process: starts the services' workers and the control server, ends when told or when whoever started
 * it is gone. Ctrl-C reaches the whole process group; it is not for us to act on.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import inspector from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalog, type ServiceName } from '../scenarios/catalog.ts';
import { ActiveFaults } from './active-faults.ts';
import { startControl } from './control.ts';
import { Fleet } from './fleet.ts';
import type { FromSandbox, Secrets, StartOrder, ToSandbox } from './kit/messages.ts';
import { StartFailure } from './unit.ts';
import { bundleWorker, workerModule } from './worker-program.ts';

let fleet: Fleet | undefined;
let removeAtEnd: string | undefined;

function tell(message: FromSandbox): void {
  if (process.connected) process.send?.(message);
}

function end(exitCode: number): void {
  if (removeAtEnd) rmSync(removeAtEnd, { recursive: true, force: true });
  process.exit(exitCode);
}

function dataFolder(order: StartOrder): string {
  if (order.dataFolder !== undefined) {
    mkdirSync(order.dataFolder, { recursive: true });
    return order.dataFolder;
  }
  removeAtEnd = mkdtempSync(join(tmpdir(), 'peakproof-sandbox-'));
  return removeAtEnd;
}

async function start(order: StartOrder): Promise<void> {
  // The password is the same in every sandbox, so that two runs of one seed send the same bodies.
  const secrets: Secrets = {
    customerPassword: 'black-friday-sandbox',
    webhookSecret: randomBytes(24).toString('hex'),
  };
  const { impairments, defects, tokenLifetimeSeconds, fixedReplicas } = order;
  const tokenKey = randomBytes(32).toString('hex');
  const folder = dataFolder(order);
  fleet = new Fleet(
    order.inspect ? workerModule : bundleWorker(folder),
    {
      ...{ impairments, defects, tokenLifetimeSeconds, tokenKey, secrets, fixedReplicas },
      dataFolder: folder,
      mediaFolder: fileURLToPath(new URL('./storefront', import.meta.url)),
    },
    order.gatewayPort,
  );
  const faults = new ActiveFaults(fleet);
  const addresses = await fleet.start(order.detours, () =>
    tell({ type: 'progress', message: `${Object.keys(catalog).length} services listen` }),
  );
  const control = await startControl(fleet, faults);
  if (order.inspect) inspector.open(0, '127.0.0.1');
  const inspectorUrl = order.inspect ? inspector.url() : undefined;
  tell({
    ...{ type: 'ready', addresses, secrets, control },
    ...(inspectorUrl !== undefined && { inspectorUrl }),
  });
}

function failed(error: unknown): void {
  const occupiedPort = error instanceof StartFailure ? error.occupiedPort : undefined;
  const reason = error instanceof Error ? error.message : String(error);
  tell({ type: 'failed', reason, ...(occupiedPort !== undefined && { occupiedPort }) });
}

async function kill(service: ServiceName): Promise<void> {
  await fleet?.kill(service);
  tell({ type: 'killed', service });
}

process.on('SIGINT', () => {});
process.on('disconnect', () => end(0));
process.on('message', (message: ToSandbox) => {
  if (message.type === 'start') start(message).catch(failed);
  else if (message.type === 'kill') void kill(message.service);
  else end(0);
});
