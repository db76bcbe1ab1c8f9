import type { Command } from 'commander';
import { addSuiteOptions, examples, type RumOptions } from './options.ts';
import { exitsWith } from './run.ts';

export function addRumCommand(program: Command): void {
  addSuiteOptions(
    program
      .command('rum')
      .description('take beacons of the Faro Web SDK, and judge pages by them; no load is sent'),
  )
    .option('--port <port>', 'loopback port that takes beacons (default: a free one)')
    .option('--duration <time>', 'end after this time (default: at Ctrl-C, and after a day in any case)')
    .option('--out <folder>', 'folder for page-load.json and page-load.html (default: nothing is kept)')
    .addHelpText(
      'after',
      examples(
        ['peakproof rum --port 12347', 'a live table, until Ctrl-C; the key is printed'],
        ['PEAKPROOF_FARO_KEY=abc peakproof rum --out rum --duration 1h', 'with your key, kept as a page'],
        ['peakproof rum --duration 5m --json', 'for a program'],
      ),
    )
    .action(
      exitsWith(async (options: RumOptions) => {
        const { runRum } = await import('./run-rum.ts');
        return runRum(options);
      }),
    );
}
