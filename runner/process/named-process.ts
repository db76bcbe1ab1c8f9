/**
 * A process that a target file names, and signals that reach it and no other. Pids are used again: a signal is
 * sent only while the process is seen to be the one that was meant. Needs Linux's /proc.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type NamedProcess =
  /** With the start time that `startTicksOf` told when the pid was read from the target file. */
  | { readonly pid: number; readonly startTicks: string }
  /** Read anew before each signal, since a restart changes it. */
  | { readonly pidFile: string }
  /** Prints the pid; run anew before each signal, never through a shell. */
  | { readonly command: readonly string[] };

const commandPatienceMs = 5_000;

/** `USER_HZ`, in which /proc tells start times: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** A pid file is written a moment after its process started; clocks of /proc and of files differ a little. */
const clockSlackMs = 1_000;

/**
 * Sends a signal to the named process. One that has ended is left in peace: true if the signal was sent.
 * @throws Error if the name leads to no process, or to another one than was meant.
 */
export async function sendSignal(named: NamedProcess, signal: NodeJS.Signals): Promise<boolean> {
  const pid = await findProcess(named);
  if (pid === undefined) return false;
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/**
 * The pid of a named process; undefined if it has ended.
 * @throws Error if the name cannot be followed, or another process has got the pid.
 */
export async function findProcess(named: NamedProcess): Promise<number | undefined> {
  if ('pid' in named) return sameProcess(named.pid, named.startTicks);
  if ('pidFile' in named) return processOfFile(named.pidFile);
  return processOfCommand(named.command);
}

function sameProcess(pid: number, startTicks: string): number | undefined {
  const now = startTicksOf(pid);
  if (now === undefined) return undefined;
  if (now !== startTicks) throw new Error(`process ${pid} is another one than the target file named`);
  return pid;
}

async function processOfFile(file: string): Promise<number | undefined> {
  const pid = readPid(await readFile(file, 'utf8'), file);
  const startTicks = startTicksOf(pid);
  if (startTicks === undefined) return undefined;
  const [written, startedAtMs] = await Promise.all([stat(file), epochMsOf(startTicks)]);
  if (startedAtMs > written.mtimeMs + clockSlackMs) {
    throw new Error(`process ${pid} started after ${file} was written: it is another one`);
  }
  return pid;
}

async function processOfCommand([file = '', ...args]: readonly string[]): Promise<number | undefined> {
  const { stdout } = await run(file, args, { timeout: commandPatienceMs, killSignal: 'SIGKILL' });
  const pid = readPid(stdout, file);
  return startTicksOf(pid) === undefined ? undefined : pid;
}

/** Never 0, 1 or this process itself: a signal to those reaches far more than one service. */
function readPid(text: string, from: string): number {
  const pid = /^\s*(\d{1,10})\s*$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(pid) && pid > 1 && pid !== process.pid) return pid;
  throw new Error(`${from} gives no process id but "${text.trim().slice(0, 40)}"`);
}

/**
 * When a process started, in clock ticks since boot: with the pid, its identity. Undefined if there is none or
 * only its corpse, which waits for its parent.
 */
export function startTicksOf(pid: number): string | undefined {
  const text = statText(pid);
  if (text === undefined) return undefined;
  // The name in parentheses may hold anything; the third field of proc(5) follows its last parenthesis.
  const [state, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? undefined : rest[18];
}

function statText(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // it has ended
  }
}

async function epochMsOf(startTicks: string): Promise<number> {
  const bootSeconds = /^btime (\d+)$/m.exec(await readFile('/proc/stat', 'utf8'))?.[1];
  return (Number(bootSeconds) + Number(startTicks) / ticksPerSecond) * 1000;
}
