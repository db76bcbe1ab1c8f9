import type { Command } from 'commander';
import { examples, type VerifyOptions } from './options.ts';
import { exitsWith } from './run.ts';

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('check whether verdict and reports belong to the measurements')
    .argument('<run>', 'run folder, or latest')
    .option('--statement <file>', 'write an in-toto statement (test-result) about the run, to be signed')
    .option('--json', 'print JSON for programs')
    .addHelpText(
      'after',
      `${examples(
        ['peakproof verify latest', 'compute everything again and compare'],
        ['peakproof verify runs/2026-11-27T06-00-00Z-ramp --json', 'the checks, for programs'],
        ['peakproof verify latest --statement run.intoto.json', 'for cosign or another signer'],
      )}
Exit codes: 0 everything holds, 2 something is wrong or missing (no statement is written then).
`,
    )
    .action(
      exitsWith(async (run: string, options: VerifyOptions) => {
        const { verify } = await import('./verify-run.ts');
        return verify(run, options);
      }),
    );
}
