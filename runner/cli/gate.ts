import type { Command } from 'commander';
import { addSuiteOptions, type EvaluateOptions, examples } from './options.ts';
import { exitsWith } from './run.ts';

export function addGateCommand(program: Command): void {
  addSuiteOptions(program.command('gate').description('decide by a policy whether a run may pass'))
    .argument('<run>', 'run folder, or latest')
    .option('--policy <name>', "policy of the suite to decide by (default: the run's own)")
    .addHelpText(
      'after',
      `${examples(
        ['peakproof gate latest --policy release', 'may this be released?'],
        ['peakproof gate latest --policy ci && deploy', 'in a pipeline'],
      )}
Exit codes: 0 the gate passes, 99 it fails, 3 it holds on what is inconclusive.
`,
    )
    .action(
      exitsWith(async (run: string, options: EvaluateOptions) => {
        const { decide } = await import('./saved-runs.ts');
        return decide(run, options);
      }),
    );
}
