import type { Command } from 'commander';
import { addPlanOptions, examples, type PlanOptions } from './options.ts';
import { print, printJson, terminalWidth } from './print.ts';
import { exitsWith } from './run.ts';

export function addPlanCommand(program: Command): void {
  addPlanOptions(program.command('plan').description('show what would be sent, without sending anything'))
    .addHelpText(
      'after',
      examples(
        ['peakproof plan', 'requests, rates, VUs, and whether they can suffice for a verdict'],
        ['peakproof plan --profile ramp --load 5', 'the same for another shape'],
        ['peakproof plan --service payment --duration 10m', 'how long must it be to prove 99.99 %?'],
      ),
    )
    .action(
      exitsWith(async (options: PlanOptions) => {
        const { loadSuite } = await import('../load-suite.ts');
        const { prepare } = await import('./prepare.ts');
        const { summarisePlan } = await import('./plan-summary.ts');
        const { describePlan } = await import('./plan-text.ts');
        const suite = await loadSuite({ config: options.config, cwd: process.cwd() });
        const { plan } = await prepare(suite, options, process.env);
        const summary = summarisePlan(plan, suite.objectives);
        if (options.json) printJson({ ...summary, plan });
        else print(describePlan(plan, summary, terminalWidth()));
        return 0;
      }),
    );
}
