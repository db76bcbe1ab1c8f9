#!/usr/bin/env node
/** The command line. Each command loads its work when it is called, so that help answers at once. */
import { Command, CommanderError } from 'commander';
import { exitCodes, PeakproofError, problem } from '../../scenarios/problem.ts';
import { packageVersion } from '../package.ts';
import { addCompareCommand } from './compare.ts';
import { addDoctorCommand } from './doctor.ts';
import { addEvaluateCommand } from './evaluate.ts';
import { addGateCommand } from './gate.ts';
import { addListCommand } from './list.ts';
import { examples } from './options.ts';
import { addPlanCommand } from './plan.ts';
import { printError, surviveClosedPipes } from './print.ts';
import { addRehearseCommand } from './rehearse.ts';
import { addReportCommand } from './report.ts';
import { addSandboxCommand } from './sandbox.ts';

const exitCodeHelp = `
Exit codes: 0 the gate passes, 99 it fails, 3 it holds on what is inconclusive,
2 wrong usage or configuration, 1 an internal error, 130 interrupted.
`;

function createProgram(): Command {
  const program = new Command('peakproof')
    .description('Proves, or refutes, that a system keeps its promises under load, and says how sure it is.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help of a command')
    .option('--no-color', 'no colours (as the variable NO_COLOR)')
    .exitOverride()
    // Commander's complaints are told by printError, in the one form that all problems have.
    .configureOutput({ writeErr: () => {} })
    .addHelpText(
      'after',
      examples(
        ['peakproof rehearse', 'rehearse the peak day against the sandbox'],
        ['peakproof plan --load 5', 'see what would be sent'],
        ['peakproof gate latest --policy release', 'let a pipeline decide'],
      ) + exitCodeHelp,
    );
  addRehearseCommand(program);
  addPlanCommand(program);
  addEvaluateCommand(program);
  addGateCommand(program);
  addReportCommand(program);
  addCompareCommand(program);
  addSandboxCommand(program);
  addDoctorCommand(program);
  addListCommand(program);
  return program;
}

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
