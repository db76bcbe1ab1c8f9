import type { Command } from 'commander';
import { exitCodes } from '../../scenarios/problem.ts';
import type { Finding } from '../doctor.ts';
import { addSuiteOptions, examples, type SuiteOptions } from './options.ts';
import { print, printJson, terminalWidth } from './print.ts';
import { exitsWith } from './run.ts';
import { table } from './table.ts';

const symbols = { fine: '✓', limited: '!', missing: '✗' } as const;

export function addDoctorCommand(program: Command): void {
  addSuiteOptions(
    program.command('doctor').description('look whether this machine can rehearse the suite at hand'),
  )
    .addHelpText(
      'after',
      `${examples(['peakproof doctor', 'what is fine, missing or limited here'])}
Exits with 2 if something is missing without which no rehearsal can run.
`,
    )
    .action(
      exitsWith(async (options: SuiteOptions) => {
        const { diagnose } = await import('../doctor.ts');
        const { diagnoseSuite } = await import('../doctor-suite.ts');
        const suite = await diagnoseSuite({ config: options.config, cwd: process.cwd() }, process.env);
        const { checkFaultTools } = await import('../doctor-tools.ts');
        const machine = await diagnose(process.env, suite.hasSandbox);
        const findings = [...suite.findings, ...machine, ...(await checkFaultTools(process.env))];
        if (options.json) printJson({ findings });
        else print(describe(findings));
        const isBroken = findings.some((finding) => finding.isRequired && finding.state === 'missing');
        return isBroken ? exitCodes.usage : exitCodes.pass;
      }),
    );
}

function describe(findings: readonly Finding[]): string {
  const rows = findings.map(({ name, state, found }) => [`${symbols[state]} ${state}`, name, found]);
  const advice = findings.flatMap(({ name, advice }) => (advice === undefined ? [] : [`${name}: ${advice}`]));
  const columns = [{ title: 'state' }, { title: 'part' }, { title: 'found' }];
  return [table(columns, rows, terminalWidth()), ...(advice.length > 0 ? ['', ...advice] : [])].join('\n');
}
