import type { Command } from 'commander';
import { addLeastEffectOptions } from './compare-options.ts';
import { addPlanOptions, examples, type RehearseOptions } from './options.ts';
import { exitsWith } from './run.ts';

export function addRehearseCommand(program: Command): void {
  addLeastEffectOptions(
    addPlanOptions(
      program.command('rehearse').description('load a system, judge its promises, write the reports'),
    ),
  )
    .option('--confirm-target <name>', 'name of a target that looks like production')
    .option('--out <folder>', 'run folder (default: runs/<UTC time>-<profile>)')
    .option(
      '--baseline <run>',
      'compare with a run folder, a name, a tag, or latest (of this suite, profile and target)',
    )
    .option(
      '--interleave <target>',
      'a baseline system (target file or sandbox) that takes turns with the other one',
    )
    .option('--tag <name>', 'a name to find this run by, as a baseline')
    .option(
      '--metrics-port <port>',
      'loopback port of /metrics during the run (default: 9464, or a free one)',
    )
    .option('--faro-port <port>', 'loopback port that takes beacons of pages (default: a free one)')
    .option(
      '--virtual-beacons',
      "virtual users send beacons too, to this run's receiver (with a target's `collector`, always there)",
    )
    .option('--trace', 'log every request to the ledger, to compare two runs of one seed')
    .option('--chaos <file...>', "Chaos Toolkit experiments as drills, instead of the profile's own")
    .option('--chaos-allow-shell', 'let process arguments that are one text go through a shell')
    .option('--dry-run', 'print every action with its time, and start or send nothing')
    .option('--quiet', 'nothing but the result')
    .addHelpText(
      'after',
      examples(
        ['peakproof rehearse', "the suite's own profile, against the sandbox"],
        ['peakproof rehearse --profile smoke --service payment', 'one service for 20 seconds'],
        ['peakproof rehearse --target shop.yaml --load 3', 'a system of yours, up to 3x'],
        ['peakproof rehearse --baseline release-41', 'did it become worse since that run?'],
        [
          'peakproof rehearse --profile baseline --until-decided 30m --fail-fast',
          'as long as it takes to know',
        ],
        ['peakproof rehearse --profile recovery --dry-run', 'what would be broken, when and how'],
        ['peakproof rehearse --target shop.yaml --chaos kill.yaml', 'a Chaos Toolkit experiment at peak'],
        ['peakproof rehearse --policy ci --json', 'for a pipeline'],
      ),
    )
    .action(
      exitsWith(async (options: RehearseOptions) => {
        const { runRehearsal } = await import('./run-rehearsal.ts');
        return runRehearsal(options);
      }),
    );
}
