/** Looks whether this machine can rehearse: what is fine, what is missing, what is limited and what that costs. */
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { PeakproofError, problemKinds } from '../scenarios/problem.ts';
import { findChromium } from './browser/chromium.ts';
import { findK6 } from './engines/k6/provision.ts';
import { k6Tool } from './engines/k6/tool.ts';
import { probeGo } from './provision/go-build.ts';

const run = promisify(execFile);

export interface Finding {
  readonly name: string;
  readonly state: 'fine' | 'missing' | 'limited';
  /** What was found. */
  readonly found: string;
  /** Of something missing: how to get it. Of something limited: what it costs. */
  readonly advice?: string;
  /** Without it, no rehearsal. */
  readonly isRequired: boolean;
}

/**
 * Runs all checks at once. Nothing is built, downloaded or sent anywhere.
 * @param hasSandbox whether the stand-in is to run here too: it wants cores, memory and ports of its own.
 */
export async function diagnose(env: NodeJS.ProcessEnv, hasSandbox = true): Promise<readonly Finding[]> {
  const go = await probeGo(env, k6Tool.build.oldestGo);
  return Promise.all([
    checkNode(process.versions.node),
    checkK6(env, go.works),
    checkGo(go.works ? go.version : undefined),
    checkChromium(env),
    checkCores(availableParallelism(), hasSandbox),
    checkMemory(process.availableMemory(), hasSandbox),
    checkOpenFiles(await openFileLimit()),
    checkPorts(await freeLoopbackPorts(portsFor(hasSandbox)), hasSandbox),
  ]);
}

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > 20 || (major === 20 && minor >= 19);
  const base = { name: 'Node', found: version, isRequired: true };
  return isEnough
    ? { ...base, state: 'fine' }
    : { ...base, state: 'missing', advice: 'Install Node 20.19 or later.' };
}

async function checkK6(env: NodeJS.ProcessEnv, hasGo: boolean): Promise<Finding> {
  const base = { name: 'k6', isRequired: true };
  try {
    const k6 = await findK6(env);
    if (k6) return { ...base, state: 'fine', found: `${k6.version} from ${k6.source}: ${k6.path}` };
  } catch (error) {
    if (!(error instanceof PeakproofError)) throw error;
    const [first] = error.problems;
    return { ...base, state: 'missing', found: first?.cause ?? 'unusable', advice: first?.remedy ?? '' };
  }
  if (!hasGo)
    return { ...base, state: 'missing', found: 'none', advice: problemKinds.K6_NOT_AVAILABLE.remedy };
  const advice = `The first rehearsal builds it with Go, ${k6Tool.build.takes}, once.`;
  return { ...base, state: 'limited', found: 'none yet', advice };
}

function checkGo(version: string | undefined): Finding {
  const base = { name: 'Go', isRequired: false };
  if (version !== undefined) return { ...base, state: 'fine', found: version };
  return {
    ...base,
    state: 'limited',
    found: 'none',
    advice: 'Needed only to build k6 (1.25 or later) or Toxiproxy where none is installed.',
  };
}

async function checkChromium(env: NodeJS.ProcessEnv): Promise<Finding> {
  const base = { name: 'Chromium', isRequired: false };
  const found = await findChromium(env);
  if ('path' in found) return { ...base, state: 'fine', found: found.path };
  return {
    ...base,
    state: 'limited',
    found: found.missing,
    advice: 'Page-load objectives stay inconclusive; requests are measured all the same.',
  };
}

export function checkCores(cores: number, hasSandbox = true): Finding {
  const base = { name: 'cores', found: String(cores), isRequired: false };
  if (cores >= 2) return { ...base, state: 'fine' };
  return {
    ...base,
    state: 'limited',
    advice: `Generator and ${hasSandbox ? 'sandbox' : 'runner'} share one core: high multiples may be inconclusive.`,
  };
}

const gibibyte = 1024 ** 3;

export function checkMemory(bytes: number, hasSandbox = true): Finding {
  const [who, enough] = hasSandbox ? ['Sandbox and generator want', 1.5] : ['The generator wants', 1];
  const base = {
    name: 'memory',
    found: `${(bytes / gibibyte).toFixed(1)} GiB available`,
    isRequired: false,
  };
  if (bytes >= enough * gibibyte) return { ...base, state: 'fine' };
  return {
    ...base,
    state: 'limited',
    advice: `${who} ${enough} GiB: without, the system may end a process.`,
  };
}

const enoughOpenFiles = 4096;

export function checkOpenFiles(limit: number | undefined): Finding {
  const base = { name: 'open files', isRequired: false };
  if (limit === undefined) return { ...base, state: 'fine', found: 'no limit known on this system' };
  const found = Number.isFinite(limit) ? String(limit) : 'unlimited';
  if (limit >= enoughOpenFiles) return { ...base, state: 'fine', found };
  const users = Math.max(0, limit - 256);
  return {
    ...base,
    state: 'limited',
    found,
    advice: `At most about ${users} connections at once; raise it with \`ulimit -n ${enoughOpenFiles}\`.`,
  };
}

/** The limit that child processes inherit; Node has raised it to the hard limit. */
async function openFileLimit(): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  const { stdout } = await run('sh', ['-c', 'ulimit -n']);
  return stdout.trim() === 'unlimited' ? Number.POSITIVE_INFINITY : Number(stdout);
}

/** Collector and metrics; the sandbox's services with some air. */
const portsFor = (hasSandbox: boolean): number => (hasSandbox ? 32 : 2);

export function checkPorts(free: number, hasSandbox = true): Finding {
  const needed = portsFor(hasSandbox);
  const base = { name: 'ports', found: `${free} of ${needed} loopback ports opened`, isRequired: true };
  if (free >= needed) return { ...base, state: 'fine' };
  return {
    ...base,
    state: 'missing',
    advice: 'Let this user listen on 127.0.0.1, or end programs that hold its ports.',
  };
}

/** How many ports of 127.0.0.1 could be opened at once, up to the number asked for. */
async function freeLoopbackPorts(wanted: number): Promise<number> {
  const opened = await Promise.all(Array.from({ length: wanted }, openPort));
  const servers = opened.filter((server) => server !== undefined);
  for (const server of servers) server.close();
  return servers.length;
}

function openPort(): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
