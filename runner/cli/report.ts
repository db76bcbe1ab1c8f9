import type { Command } from 'commander';
import { examples, type ReportOptions } from './options.ts';
import { exitsWith } from './run.ts';

export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('render a report again, from a run folder')
    .argument('<run>', 'run folder, or latest')
    .option('--format <name>', 'html, junit, markdown, json, github or terminal', 'terminal')
    .option('--out <file>', 'write to a file instead of stdout')
    .addHelpText(
      'after',
      examples(
        ['peakproof report latest', 'the summary that the run ended with'],
        ['peakproof report latest --format html --out report.html', 'the page, wherever you want it'],
        ['peakproof report latest --format markdown', 'for a pull request'],
      ),
    )
    .action(
      exitsWith(async (run: string, options: ReportOptions) => {
        const { renderAgain } = await import('./saved-runs.ts');
        return renderAgain(run, options);
      }),
    );
}
