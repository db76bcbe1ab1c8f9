import type { Command } from 'commander';
import { PeakproofError } from '../../scenarios/problem.ts';
import {
  addSuiteOptions,
  type ExportOptions,
  examples,
  type SuiteOptions,
  type ValidateOptions,
} from './options.ts';
import { print, printJson, printStep, printWarning, terminalWidth } from './print.ts';
import { exitsWith } from './run.ts';

export function addSloCommand(program: Command): void {
  const slo = program
    .command('slo')
    .description('check, show and export objectives (OpenSLO)')
    .addHelpText(
      'after',
      examples(
        ['peakproof slo validate slo/*.yaml', 'are these files right?'],
        ['peakproof slo list', 'every objective of the suite'],
        ['peakproof slo explain payment-availability', 'one of them in plain words'],
        ['peakproof slo export --prometheus --out rules.yaml', 'the same promises, watched in production'],
      ),
    );
  addValidate(slo);
  addList(slo);
  addExplain(slo);
  addExport(slo);
}

function addValidate(slo: Command): void {
  addSuiteOptions(
    slo.command('validate').description('hold OpenSLO files against the standard and the suite'),
  )
    .argument('<file...>', 'OpenSLO files; references between them are followed')
    .option('--lenient', 'warn of unknown fields and of what official artefacts of OpenSLO disagree about')
    .addHelpText(
      'after',
      examples(
        ['peakproof slo validate slo/objectives/*.yaml', 'all problems at once, with file and line'],
        ['peakproof slo validate theirs.yaml --lenient', "another tool's files"],
      ),
    )
    .action(
      exitsWith(async (files: readonly string[], options: ValidateOptions) => {
        const { validateFiles, validationText } = await import('./slo-validate.ts');
        const { validation, problems } = await validateFiles(files, options);
        for (const warning of validation.warnings) printWarning(warning);
        if (problems.length > 0) throw new PeakproofError(problems);
        if (options.json) printJson(validation);
        else print(validationText(validation));
        return 0;
      }),
    );
}

function addList(slo: Command): void {
  addSuiteOptions(slo.command('list').description('objectives with target, window, budget and alerts'))
    .addHelpText(
      'after',
      examples(
        ['peakproof slo list', 'as a table'],
        ['peakproof slo list --json', 'all that is known of each'],
      ),
    )
    .action(
      exitsWith(async (options: SuiteOptions) => {
        const { loadSuite } = await import('../load-suite.ts');
        const { objectiveTable } = await import('./slo-list.ts');
        const { objectives } = await loadSuite({ config: options.config, cwd: process.cwd() });
        if (options.json) printJson({ objectives });
        else print(objectiveTable(objectives, terminalWidth()));
        return 0;
      }),
    );
}

function addExplain(slo: Command): void {
  addSuiteOptions(slo.command('explain').description('one objective in plain words'))
    .argument('<objective>', 'its name')
    .addHelpText(
      'after',
      examples([
        'peakproof slo explain payment-availability',
        'what is promised, measured, and needed for a verdict',
      ]),
    )
    .action(
      exitsWith(async (id: string, options: SuiteOptions) => {
        const { loadSuite } = await import('../load-suite.ts');
        const { explain, explanationText, findObjective } = await import('./slo-explain.ts');
        const { objectives } = await loadSuite({ config: options.config, cwd: process.cwd() });
        const explanation = explain(findObjective(objectives, id));
        if (options.json) printJson(explanation);
        else print(explanationText(explanation));
        return 0;
      }),
    );
}

function addExport(slo: Command): void {
  slo
    .command('export')
    .description('recording and alert rules for Prometheus')
    .option('--config <file>', 'suite to use (default: peakproof.config.ts here, else the built-in)')
    .option('--prometheus', 'in the format of Prometheus (the only one)')
    .option('--out <file>', 'file to write (default: print them)')
    .addHelpText(
      'after',
      examples(
        ['peakproof slo export --prometheus --out rules.yaml', 'then: promtool check rules rules.yaml'],
        ['peakproof slo export --prometheus > rules.yaml', 'the same'],
      ),
    )
    .action(
      exitsWith(async (options: ExportOptions) => {
        const { exportRules } = await import('./slo-export.ts');
        const { text, told } = await exportRules(options);
        if (options.out === undefined) print(text);
        for (const line of told) printStep(line);
        return 0;
      }),
    );
}
