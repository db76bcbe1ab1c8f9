import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Starts a module of ours as a process apart from the terminal's process group, with a channel to it.
 * @param module its URL without an extension: from sources (tests) it is TypeScript, which Node 20 runs only
 * through a loader.
 */
export function forkApart(module: URL, args: readonly string[], options: ForkOptions): ChildProcess {
  const extension = extname(fileURLToPath(import.meta.url));
  return fork(`${fileURLToPath(module)}${extension}`, args, {
    ...options,
    detached: true,
    execArgv: extension === '.ts' ? ['--import', import.meta.resolve('jiti/register')] : [],
  });
}
