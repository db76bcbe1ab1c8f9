import type { Command } from 'commander';
import { addSuiteOptions, examples, listable, type SuiteOptions } from './options.ts';
import { print, printJson, terminalWidth } from './print.ts';
import { exitsWith } from './run.ts';

export function addListCommand(program: Command): void {
  const command = program.command('list').description("show the suite's parts");
  addSuiteOptions(command)
    .argument('[what]', `one of ${listable.join(', ')} (default: all)`)
    .addHelpText(
      'after',
      examples(
        ['peakproof list', 'everything'],
        ['peakproof list services', 'services with tier, team and dependencies'],
        ['peakproof list objectives --json', 'for programs'],
      ),
    )
    .action(
      exitsWith(async (what: string | undefined, options: SuiteOptions) => {
        const { loadSuite } = await import('../load-suite.ts');
        const { chooseLists, listAsText, listAsJson } = await import('./lists.ts');
        const chosen = chooseLists(what);
        const suite = await loadSuite({ config: options.config, cwd: process.cwd() });
        if (options.json) printJson(listAsJson(suite, chosen));
        else print(listAsText(suite, chosen, terminalWidth()));
        return 0;
      }),
    );
}
