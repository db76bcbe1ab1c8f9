/** What every command has in common: its work yields an exit code, its errors are told in one way. */
import type { Command } from 'commander';
import { printError } from './print.ts';

/** Turns work that yields an exit code into commander's action. Arguments are those of the command, then options. */
export function exitsWith<A extends unknown[]>(work: (...args: A) => Promise<number>) {
  return async (...args: [...A, Command]): Promise<void> => {
    const command = args.at(-1) as Command;
    try {
      process.exitCode = await work(...(args as unknown as A));
    } catch (error) {
      process.exitCode = printError(error, command.opts().json === true);
    }
  };
}
