import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { ownProgram } from './own-program.ts';

/** Starts a program of ours (see `ownProgram`) apart from the terminal's process group, with a channel to it. */
export function forkApart(module: URL, args: readonly string[], options: ForkOptions): ChildProcess {
  const { entry, nodeOptions } = ownProgram(module);
  return fork(entry, args, { ...options, detached: true, execArgv: [...nodeOptions] });
}
