import type { Command } from 'commander';
import { addSuiteOptions, type EvaluateOptions, examples } from './options.ts';
import { exitsWith } from './run.ts';

export function addEvaluateCommand(program: Command): void {
  addSuiteOptions(program.command('evaluate').description('judge a run again, from its folder alone'))
    .argument('<run>', 'run folder, or latest')
    .option('--policy <name>', "policy of the suite to decide by (default: the run's own)")
    .option('--what-if <objective>', "answer a question instead, such as 'checkout latency < 500ms @ 99.9%'")
    .addHelpText(
      'after',
      examples(
        ['peakproof evaluate latest', 'the last run, as it was judged then'],
        ["peakproof evaluate latest --what-if 'checkout latency < 500ms @ 99.9%'", 'another promise'],
        ['peakproof evaluate runs/2026-11-27T06-00-00Z-ramp --json', 'its verdict.json'],
      ),
    )
    .action(
      exitsWith(async (run: string, options: EvaluateOptions) => {
        if (options.whatIf !== undefined) {
          const { askWhatIf } = await import('./what-if.ts');
          return askWhatIf(run, options.whatIf, options.json === true);
        }
        const { evaluateAgain } = await import('./saved-runs.ts');
        return evaluateAgain(run, options);
      }),
    );
}
