import { type Command, Option } from 'commander';
import { type BudgetOptions, examples, type HistoryOptions, type ImportOptions } from './options.ts';
import { exitsWith } from './run.ts';

export function addHistoryCommand(program: Command): void {
  const history = program.command('history').description('runs so far: trends, error budgets, import');
  // Without options of its own: those of a parent would be taken from its subcommands' command lines.
  const list = addList(history);
  addBudget(history);
  addImport(history);
  history.addHelpText('after', () => `\n${list.helpInformation()}${listExamples}`);
}

const listExamples = examples(
  ['peakproof history', 'the newest runs'],
  ['peakproof history --profile ramp --branch main', 'those of one kind'],
  ['peakproof history --objective payment-availability', 'its trend'],
);

function addList(history: Command): Command {
  const command = history.command('list', { isDefault: true }).description('the newest runs, or one trend');
  return addFilters(command)
    .option('--objective <name>', 'trend of one objective or promise')
    .option('--limit <count>', 'show only so many of the newest runs', '20')
    .option('--rebuild', 'read every run folder again')
    .addHelpText('after', listExamples)
    .action(
      exitsWith(async (options: HistoryOptions) => {
        const { showHistory } = await import('./history-list.ts');
        return showHistory(options);
      }),
    );
}

function addBudget(history: Command): void {
  addFilters(history.command('budget').description('error budgets over a window, from all runs in it'))
    .option('--days <count>', 'the last so many days', '30')
    .addOption(
      new Option('--month [YYYY-MM]', 'a calendar month in UTC instead (default: this one)').conflicts(
        'days',
      ),
    )
    .addHelpText(
      'after',
      examples(
        ['peakproof history budget', 'what the last 30 days of rehearsals used up'],
        ['peakproof history budget --month 2026-11 --service payment', 'one service in November'],
      ),
    )
    .action(
      exitsWith(async (options: BudgetOptions) => {
        const { showBudget } = await import('./history-budget.ts');
        return showBudget(options);
      }),
    );
}

function addImport(history: Command): void {
  history
    .command('import')
    .description('copy runs from elsewhere, such as artifacts of CI jobs')
    .argument('<path...>', 'run folders, or folders that hold some, unpacked')
    .option('--runs <folder>', 'where runs are kept', 'runs')
    .option('--json', 'print JSON for programs')
    .addHelpText(
      'after',
      examples(
        ['peakproof history import artifacts/', 'every run below'],
        ['peakproof history import /tmp/nightly-run', 'one run that was written with --out'],
      ),
    )
    .action(
      exitsWith(async (paths: string[], options: ImportOptions) => {
        const { importFrom } = await import('./history-import.ts');
        return importFrom(paths, options);
      }),
    );
}

function addFilters(command: Command): Command {
  return command
    .option('--service <name>', 'only runs that judged it, and its objectives')
    .option('--profile <name>', 'only runs of this profile')
    .option('--branch <name>', 'only runs of this branch')
    .option('--target <name>', 'only runs against this environment')
    .option('--runs <folder>', 'where runs are kept', 'runs')
    .option('--json', 'print JSON for programs');
}
