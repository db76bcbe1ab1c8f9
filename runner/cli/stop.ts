import type { Command } from 'commander';
import { examples } from './options.ts';
import { exitsWith } from './run.ts';

export function addStopCommand(program: Command): void {
  program
    .command('stop')
    .description('end a run that goes on: its faults are taken back, its load ends, its part is judged')
    .argument('[run]', 'run folder, name or tag', 'latest')
    .addHelpText(
      'after',
      examples(
        ['peakproof stop', 'the run that was started last'],
        ['peakproof stop /var/runs/night', 'a run that was written elsewhere'],
      ),
    )
    .action(
      exitsWith(async (run: string) => {
        const { stopRun } = await import('./stop-run.ts');
        return stopRun(run);
      }),
    );
}
