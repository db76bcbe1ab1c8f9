/** Starts a child that ends when this process does, however it does. */
import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { forkApart } from './fork-apart.ts';
import type { CoreShare, FromGuard } from './guard.ts';

export interface GuardedCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** The child's whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** `fair` unless told otherwise. */
  readonly cores?: CoreShare;
}

export interface ProcessEnd {
  /** Exit code, unless a signal ended it. */
  readonly code?: number;
  readonly signal?: string;
}

export interface GuardedProcess {
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  signal(name: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
  /** Never rejects; a lost guard counts as SIGKILL. Output may still be in the pipes. */
  readonly ended: Promise<ProcessEnd>;
}

/** Rejects if the file cannot be executed. */
export async function spawnGuarded(command: GuardedCommand): Promise<GuardedProcess> {
  const { file, args, env, cwd, cores = 'fair' } = command;
  const guard = forkApart(new URL('./guard', import.meta.url), [cores, file, ...args], {
    ...{ env: { ...env }, cwd },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { stdout, stderr } = guard;
  if (stdout === null || stderr === null) throw new Error('the guard has no pipes');
  const pid = await startOf(guard);
  return {
    pid,
    stdout,
    stderr,
    signal: (name) => void (guard.connected && guard.send(name)),
    ended: endOf(guard, pid),
  };
}

function startOf(guard: ChildProcess): Promise<number> {
  return new Promise((started, failed) => {
    guard.once('message', (message: FromGuard) => {
      if (message.type === 'started') started(message.pid);
      else failed(new Error(message.type === 'failed' ? message.message : 'it ended at once'));
    });
    guard.once('error', failed);
    guard.once('exit', () => failed(new Error('its guard ended at once')));
  });
}

function endOf(guard: ChildProcess, pid: number): Promise<ProcessEnd> {
  return new Promise((ended) => {
    guard.on('message', (message: FromGuard) => {
      if (message.type !== 'ended') return;
      const { code, signal } = message;
      ended({ ...(code === null ? {} : { code }), ...(signal === null ? {} : { signal }) });
    });
    guard.once('exit', () => {
      killOrphan(pid);
      ended({ signal: 'SIGKILL' });
    });
  });
}

/** Somebody killed the guard: the child has nobody left who would end it. */
function killOrphan(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended already, as it has whenever the guard ended by itself
  }
}
