/** Starts the stand-in RetailPulse as a process of its own, so that its CPU and its crashes are not the runner's. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { catalog, type ServiceName } from '../scenarios/catalog.ts';
import { PeakproofError, problem } from '../scenarios/problem.ts';
import type { Defect } from './defects.ts';
import type {
  Addresses,
  ControlAccess,
  FromSandbox,
  Impairment,
  Secrets,
  ToSandbox,
} from './kit/messages.ts';

export { type Defect, defects } from './defects.ts';
export { parseImpairment } from './impairment.ts';
export type { ControlAccess, Impairment } from './kit/messages.ts';

export interface SandboxOptions {
  /** A fixed gateway port; otherwise the system chooses. */
  readonly ports?: { readonly gateway?: number };
  readonly impairments?: readonly Impairment[];
  /** What it is built with on purpose; nothing unless told otherwise. */
  readonly defects?: readonly Defect[];
  /** Lifetime of access tokens, 60 s unless told otherwise. */
  readonly tokenLifetimeSeconds?: number;
  /** Where the order ledger lives; a fresh temporary folder, removed on stop, unless told otherwise. */
  readonly dataFolder?: string;
  readonly onProgress?: (message: string) => void;
  /** Open its inspector, for a profile. */
  readonly inspect?: boolean;
  /** No service adds replicas under load. */
  readonly fixedReplicas?: boolean;
  /** Addresses that services use for others instead of these' own, for somebody who records what is sent. */
  readonly detours?: Partial<Record<ServiceName, string>>;
}

export interface Sandbox {
  readonly pid: number;
  /** From the call of `startSandbox` until all services answered. */
  readonly readyMs: number;
  readonly gatewayUrl: string;
  /** A page with links to every service's health, OpenAPI document and metrics. */
  readonly linksUrl: string;
  /** Every service's metrics address, in the format of Prometheus' HTTP service discovery. */
  readonly targetsUrl: string;
  /** Where clients reach a service: the gateway, or the edge of its own. */
  readonly baseUrls: Readonly<Record<ServiceName, string>>;
  /** Each service's own address, for probes and links. */
  readonly serviceUrls: Readonly<Record<ServiceName, string>>;
  readonly secrets: Secrets;
  /** Where it is broken and mended, and what that needs to be let in. */
  readonly control: ControlAccess;
  /** Resolves if the process ends though nobody stopped it. Never rejects. */
  readonly died: Promise<Death>;
  /** Websocket of its inspector, if it was asked for; each service is a worker thread of the service's name. */
  readonly inspectorUrl?: string;
  /** Ends one service's worker: its connections are reset, the others live. */
  kill(service: ServiceName): Promise<void>;
  stop(): Promise<void>;
}

export interface Death {
  /** Exit code or signal. */
  readonly how: string;
  /** The end of what it wrote to stderr. */
  readonly lastWords: string;
}

const defaultTokenLifetimeSeconds = 60;
/** An engine that gives up writes a trace of some thousand characters after its reason. */
const keptStderrCharacters = 16_000;

/**
 * Resolves when all twenty services answer. Throws `PORT_IN_USE` for an occupied port
 * and `SANDBOX_FAILED` for anything else that keeps it from starting. The process ends on `stop` and by
 * itself when this process is gone.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const startedAtMs = performance.now();
  const child = fork(fileURLToPath(new URL('./process.js', import.meta.url)), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const tell = (message: ToSandbox) => child.send(message);
  const death = deathOf(child);
  try {
    tell({
      type: 'start',
      gatewayPort: options.ports?.gateway ?? 0,
      impairments: options.impairments ?? [],
      defects: options.defects ?? [],
      tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? defaultTokenLifetimeSeconds,
      inspect: options.inspect ?? false,
      fixedReplicas: options.fixedReplicas ?? false,
      detours: options.detours ?? {},
      ...(options.dataFolder !== undefined && { dataFolder: options.dataFolder }),
    });
    const { addresses, secrets, control, inspectorUrl } = await readiness(child, death, options.onProgress);
    let isStopped = false;
    return {
      pid: child.pid ?? 0,
      readyMs: performance.now() - startedAtMs,
      gatewayUrl: addresses.gateway,
      linksUrl: `${addresses.gateway}/`,
      targetsUrl: `${addresses.gateway}/targets`,
      baseUrls: edgeAddresses(addresses),
      serviceUrls: addresses,
      secrets,
      control,
      ...(inspectorUrl !== undefined && { inspectorUrl }),
      kill: (service) => killService(child, service),
      died: new Promise((tellDeath) => {
        void death.then((end) => !isStopped && tellDeath(end));
      }),
      stop: () => {
        isStopped = true;
        return stopProcess(child);
      },
    };
  } catch (error) {
    await stopProcess(child);
    throw error;
  }
}

function edgeAddresses(addresses: Addresses): Addresses {
  const names = Object.keys(catalog) as ServiceName[];
  const edges = names.map((name) => [name, addresses[catalog[name].edge === 'gateway' ? 'gateway' : name]]);
  return Object.fromEntries(edges) as Addresses;
}

/** Resolves once the process has ended and all that it wrote was read. */
function deathOf(child: ChildProcess): Promise<Death> {
  let lastWords = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-keptStderrCharacters);
  });
  return new Promise((died) => {
    child.once('close', (code, signal) => died({ how: String(signal ?? code), lastWords: lastWords.trim() }));
  });
}

function readiness(
  child: ChildProcess,
  death: Promise<Death>,
  onProgress: SandboxOptions['onProgress'],
): Promise<Extract<FromSandbox, { type: 'ready' }>> {
  return new Promise((ready, failed) => {
    const fail = (cause: string) => failed(new PeakproofError(problem('SANDBOX_FAILED', cause)));
    child.once('error', (error) => fail(error.message));
    void death.then(({ how, lastWords }) => fail(`the sandbox ended (${how}). ${lastWords}`.trim()));
    child.on('message', (message: FromSandbox) => {
      if (message.type === 'progress') onProgress?.(message.message);
      else if (message.type === 'ready') ready(message);
      else if (message.type === 'failed' && message.occupiedPort !== undefined) {
        const cause = `port ${message.occupiedPort} is taken by another program`;
        failed(new PeakproofError(problem('PORT_IN_USE', cause)));
      } else if (message.type === 'failed') fail(message.reason);
    });
  });
}

function killService(child: ChildProcess, service: ServiceName): Promise<void> {
  return new Promise((killed) => {
    const onMessage = (message: FromSandbox) => {
      if (message.type !== 'killed' || message.service !== service) return;
      child.off('message', onMessage);
      killed();
    };
    child.on('message', onMessage);
    child.send({ type: 'kill', service } satisfies ToSandbox);
  });
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  if (child.connected) child.send({ type: 'stop' } satisfies ToSandbox);
  await exited;
}
