#!/usr/bin/env node
/** The command line. Each command loads its work when it is called, so that help answers at once. */
import { CommanderError } from 'commander';
import { exitCodes, PeakproofError, problem } from '../../scenarios/problem.ts';
import { printError, surviveClosedPipes } from './print.ts';
import { createProgram } from './program.ts';

/** @param argv arguments after the program's name. */
async function main(argv: readonly string[]): Promise<void> {
  surviveClosedPipes();
  const program = createProgram();
  if (argv.length === 0) {
    process.stderr.write(program.helpInformation());
    process.exitCode = exitCodes.usage;
    return;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version are asked for, not wrong.
    process.exitCode = error.exitCode === 0 ? 0 : printError(usageError(error), argv.includes('--json'));
  }
}

function usageError(error: CommanderError): PeakproofError {
  const [cause = '', hint] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = /^\((.*)\)$/.exec(hint ?? '')?.[1];
  return new PeakproofError(problem('INVALID_OPTION', cause, suggestion ? { remedy: suggestion } : {}));
}

await main(process.argv.slice(2));
// Nothing may keep a finished command alive, be it an idle connection or a timer of a library.
process.stdout.write('', () => process.exit());
