import type { Command } from 'commander';
import { addLeastEffectOptions, type CompareOptions } from './compare-options.ts';
import { examples } from './options.ts';
import { exitsWith } from './run.ts';

export function addCompareCommand(program: Command): void {
  addLeastEffectOptions(
    program
      .command('compare')
      .description('say what became of a system between two runs, and how sure that is'),
  )
    .argument('<baseline>', 'run folder, its name under runs, its tag, or latest')
    .argument('<candidate>', 'likewise')
    .option('--force', 'compare runs that are not comparable; the result says why they are not')
    .option('--out <file>', 'also write a page (.html) or a text for a pull request (.md)')
    .option('--json', 'print JSON for programs')
    .addHelpText(
      'after',
      `${examples(
        ['peakproof compare release-41 latest', 'did the last run become worse than the tagged one?'],
        ['peakproof compare runs/a runs/b --out changes.html', 'as a page'],
        ['peakproof compare runs/a runs/b --least-latency 5%', 'smaller changes matter too'],
      )}
Exit codes: 0 no regression, 99 a regression, 3 nothing can be said, 2 the runs are not comparable.
`,
    )
    .action(
      exitsWith(async (baseline: string, candidate: string, options: CompareOptions) => {
        const { compareSaved } = await import('./compare-runs.ts');
        return compareSaved(baseline, candidate, options);
      }),
    );
}
