import type { Command } from 'commander';
import { addSuiteOptions, examples } from './options.ts';
import type { ProfileOptions } from './profile-options.ts';
import { exitsWith } from './run.ts';

export function addProfileCommand(program: Command): void {
  addSuiteOptions(
    program
      .command('profile')
      .description('say in a minute what one service can do, and where its time goes')
      .usage('[service] [options] [-- command...]')
      .argument(
        '[words...]',
        'service of the suite, loaded as its scenarios do; after `--`, what starts a service',
      ),
  )
    .option('--url <url>', 'where the service answers, if it runs already or does not tell its port')
    .option('--pid <pid>', 'process that serves --url, for CPU, memory and (Node) functions')
    .option(
      '--route <path>',
      'path to ask for, such as /products?page=1 (default: /); of a service of the suite, the name of its route',
    )
    .option('--method <method>', 'its method (default: GET, with --body POST)')
    .option('--body <text>', 'its body')
    .option('--har <file>', 'requests from a recording of a browser')
    .option('--openapi <file>', 'requests from an OpenAPI 3 document, JSON or YAML')
    .option('--rate <requests...>', 'take latency at these requests/s, not at shares of the capacity')
    .option('--rate-time <time>', 'length of each run at a rate (default: 5s)')
    .option('--peak-rate <requests>', 'requests/s that come at the peak, for the number of replicas')
    .option('--compare', 'compare with the last profile of the same service')
    .option('--confirm-target <host>', 'host of a --url that is not this machine')
    .option('--open', 'open the report in a browser')
    .addHelpText(
      'after',
      examples(
        ['peakproof profile payment', 'a service of the sandbox, with its own traffic'],
        ['peakproof profile --url http://127.0.0.1:3000 --route /products', 'whatever answers there'],
        ['peakproof profile -- node server.js', 'starts it, watches it, shows its functions, ends it'],
        ['peakproof profile --pid 4711 --url http://127.0.0.1:3000', 'a process that runs already'],
        [
          'peakproof profile --url http://127.0.0.1:3000 --openapi api.yaml',
          'with the requests of its document',
        ],
        ['peakproof profile --compare -- node server.js', 'what has changed since the last profile?'],
      ),
    )
    .action(
      exitsWith(async (words: string[], options: ProfileOptions, command: Command) => {
        const { runProfile } = await import('./run-profile.ts');
        return runProfile(splitWords(words, rawWords(command)), options);
      }),
    );
}

/** Words after `--` are the service's command; commander itself does not tell them from the others. */
function splitWords(words: readonly string[], raw: readonly string[]) {
  const dashes = raw.indexOf('--');
  const ofCommand = dashes < 0 ? 0 : raw.length - dashes - 1;
  return {
    services: words.slice(0, words.length - ofCommand),
    command: words.slice(words.length - ofCommand),
  };
}

/** The whole command line, which the outermost command keeps. */
function rawWords(command: Command): readonly string[] {
  return command.parent === null
    ? (command as unknown as { rawArgs: string[] }).rawArgs
    : rawWords(command.parent);
}
