import type { Command } from 'commander';
import { addSuiteOptions, examples, type SandboxCommandOptions } from './options.ts';
import { exitsWith } from './run.ts';

export function addSandboxCommand(program: Command): void {
  addSuiteOptions(program.command('sandbox').description('run the built-in stand-in alone, until Ctrl-C'))
    .option('--port <port>', 'port of its gateway (default: a free one)')
    .option('--sandbox-impair <spec...>', 'break it on purpose, such as payment:latency=900ms')
    .option('--defect <name...>', 'build it with a defect: `peakproof list defects`')
    .addHelpText(
      'after',
      examples(
        ['peakproof sandbox', 'twenty services, and a page of links'],
        ['peakproof sandbox --port 8080', 'with the gateway where you want it'],
        ['peakproof sandbox --sandbox-impair payment:errors=20%', 'with every fifth payment failing'],
        ['peakproof sandbox --defect ack-before-fsync', 'with orders acknowledged before they are written'],
      ),
    )
    .action(
      exitsWith(async (options: SandboxCommandOptions) => {
        const { runSandbox } = await import('./run-sandbox.ts');
        return runSandbox(options);
      }),
    );
}
