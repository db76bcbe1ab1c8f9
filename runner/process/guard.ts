/**
 * A small process between the runner and a child that must not outlive it. It runs apart from the
 * terminal's process group, so that Ctrl-C reaches the runner alone, and ends the child when the channel
 * to the runner closes, in whatever way the runner ended: also by SIGKILL, which no handler of its own sees.
 *
 * Started by spawn-guarded.ts with the child's share of the cores and its command line as arguments, and the child's
 * environment as its own.
 */
import { spawn } from 'node:child_process';
import { yieldCores } from './yield-cores.ts';

/** Which cores the child gets: as many as anybody, or those that others leave idle. */
export type CoreShare = 'fair' | 'idle';

export type FromGuard =
  | { readonly type: 'started'; readonly pid: number }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'ended'; readonly code: number | null; readonly signal: string | null };

/** Time to end gracefully before the child is killed. */
const graceMs = 2000;

async function tellAndExit(message: FromGuard): Promise<never> {
  if (process.connected) await new Promise((told) => process.send?.(message, told));
  endGroup();
  process.exit(0);
}

/** What the child started and left behind, a server behind a shell for one: all of this process group, and us. */
function endGroup(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    // There are no process groups here.
  }
}

const [share, file = '', ...args] = process.argv.slice(2);
if (share === ('idle' satisfies CoreShare)) yieldCores();
const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('spawn', () => process.send?.({ type: 'started', pid: child.pid ?? 0 } satisfies FromGuard));
child.on('error', (error) => tellAndExit({ type: 'failed', message: error.message }));
child.on('exit', (code, signal) => tellAndExit({ type: 'ended', code, signal }));
process.on('message', (signal: NodeJS.Signals) => child.kill(signal));
process.once('disconnect', () => {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), graceMs);
});
