/** The commands and what they understand, apart from the process that runs them: tests read documents with it. */
import { Command } from 'commander';
import { packageVersion } from '../package.ts';
import { addCompareCommand } from './compare.ts';
import { addDoctorCommand } from './doctor.ts';
import { addEvaluateCommand } from './evaluate.ts';
import { addGateCommand } from './gate.ts';
import { addHistoryCommand } from './history.ts';
import { addListCommand } from './list.ts';
import { examples } from './options.ts';
import { addPlanCommand } from './plan.ts';
import { addProfileCommand } from './profile.ts';
import { addRehearseCommand } from './rehearse.ts';
import { addReportCommand } from './report.ts';
import { addRumCommand } from './rum.ts';
import { addSandboxCommand } from './sandbox.ts';
import { addSloCommand } from './slo.ts';
import { addStopCommand } from './stop.ts';
import { addVerifyCommand } from './verify.ts';

const exitCodeHelp = `
Exit codes: 0 the gate passes, 99 it fails, 3 it holds on what is inconclusive,
2 wrong usage or configuration, 1 an internal error, 130 interrupted.
`;

export function createProgram(): Command {
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
  addStopCommand(program);
  addPlanCommand(program);
  addEvaluateCommand(program);
  addGateCommand(program);
  addReportCommand(program);
  addCompareCommand(program);
  addVerifyCommand(program);
  addProfileCommand(program);
  addHistoryCommand(program);
  addRumCommand(program);
  addSandboxCommand(program);
  addDoctorCommand(program);
  addListCommand(program);
  addSloCommand(program);
  return program;
}
