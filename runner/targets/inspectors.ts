/** Finds the inspector of the process that serves a port. */
import { readFileSync } from 'node:fs';
import { request } from 'undici';
import { listeningPorts, programOf } from './listening.ts';

/** Of several Node processes (`npm start` is two), the one that listens on the service's port. */
export function inspectorOf(
  pid: number,
  servicePort: number,
  inspectors: readonly string[],
): { readonly pid: number; readonly address?: string } {
  const ports = listeningPorts(pid);
  const server = ports.find(({ port }) => port === servicePort)?.pid ?? pid;
  const own = new Set(ports.filter((item) => item.pid === server).map(({ port }) => port));
  const address =
    inspectors.find((candidate) => own.has(Number(new URL(candidate).port))) ??
    (ports.length === 0 ? inspectors.at(-1) : undefined);
  return { pid: server, ...(address === undefined ? {} : { address }) };
}

export interface AttachedInspector {
  readonly address: string;
  /** True if it was closed before we came. */
  readonly openedByUs: boolean;
}

const openPatienceMs = 3_000;
const pollMs = 100;

/**
 * The inspector of a running process, opened by SIGUSR1 if it is closed. Only a process that certainly is Node gets
 * the signal: it would end any other.
 * @throws Error that says why there is none.
 */
export async function attachInspector(pid: number): Promise<AttachedInspector> {
  const program = programOf(pid);
  if (program === undefined) throw new Error(`what process ${pid} runs cannot be read`);
  if (!isNode(pid)) throw new Error(`process ${pid} is ${program}, not Node`);
  const before = new Set(listeningPorts(pid).map(({ port }) => port));
  const open = await Promise.all([...before].map(webSocketAddress));
  const found = open.find((address) => address !== undefined);
  if (found !== undefined) return { address: found, openedByUs: false };
  if (ignoresSignal(pid)) throw new Error(`process ${pid} does not heed SIGUSR1`);
  process.kill(pid, 'SIGUSR1');
  for (let waitedMs = 0; waitedMs < openPatienceMs; waitedMs += pollMs) {
    await new Promise((done) => setTimeout(done, pollMs));
    const fresh = listeningPorts(pid).filter(({ port, pid: owner }) => owner === pid && !before.has(port));
    for (const { port } of fresh) {
      const address = await webSocketAddress(port);
      if (address !== undefined) return { address, openedByUs: true };
    }
  }
  throw new Error(`process ${pid} opened no inspector on SIGUSR1; its port (9229) may be taken`);
}

/** Whether a process certainly is Node: `node_exporter`, for one, is not. */
export function isNode(pid: number): boolean {
  return /^node(js)?(-?\d.*)?$/.test(programOf(pid) ?? '');
}

const sigusr1 = 10;

/** Node without a handler would die of the signal (`--disable-sigusr1`): then it is not caught. */
function ignoresSignal(pid: number): boolean {
  try {
    const caught = /^SigCgt:\s+([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return caught === undefined || ((BigInt(`0x${caught}`) >> BigInt(sigusr1 - 1)) & 1n) === 0n;
  } catch {
    return true;
  }
}

/** What an inspector's own page says; undefined from anything else that listens. */
async function webSocketAddress(port: number): Promise<string | undefined> {
  try {
    const { statusCode, body } = await request(`http://127.0.0.1:${port}/json/list`, {
      signal: AbortSignal.timeout(1_000),
    });
    const text = await body.text();
    if (statusCode !== 200) return undefined;
    const [first] = JSON.parse(text) as { webSocketDebuggerUrl?: unknown }[];
    const address = first?.webSocketDebuggerUrl;
    return typeof address === 'string' && address.startsWith(`ws://127.0.0.1:${port}/`) ? address : undefined;
  } catch {
    return undefined;
  }
}
