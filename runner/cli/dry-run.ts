/** `rehearse --dry-run`: everything that would be done to the system, and when, without doing any of it. */
import type { LoadPlan, Phase } from '../../profiles/types.ts';
import { clockTime, decimal, multiple, roughShare } from '../../reports/figures.ts';
import { formatCounted } from '../../slo/sentences.ts';
import { actionText, checkText } from '../faults/action-text.ts';
import { leadMs } from '../faults/supervisor/lease.ts';
import type { FaultProcedure } from '../faults/types.ts';
import { redact } from '../redact.ts';
import type { RehearseOptions } from './options.ts';
import type { Prepared } from './prepare.ts';
import { print, printJson, terminalWidth } from './print.ts';
import { table } from './table.ts';

/** Prints all of it; the exit code is 0. */
export function tellDryRun(prepared: Prepared, { json }: RehearseOptions): number {
  const steps = dryRun(prepared);
  if (json) printJson(steps);
  else print(describeDryRun(prepared, steps, terminalWidth()));
  return 0;
}

export interface DryStep {
  /** Second of the plan. */
  readonly second: number;
  /** Id of the fault; absent for load. */
  readonly fault?: string;
  readonly step: 'load' | 'look before' | 'inject' | 'prove' | 'roll back' | 'look after';
  readonly what: string;
}

/** Every step of load and faults, in the order of time. */
export function dryRun({ plan, target }: Pick<Prepared, 'plan' | 'target'>): DryStep[] {
  const procedures = target.faults?.driver.describe(plan.faults ?? [], target.faultTarget) ?? [];
  const steps = [...plan.phases.map(stepOfPhase), ...procedures.flatMap(stepsOfFault)];
  return steps
    .sort((a, b) => a.second - b.second)
    .map((step) => ({ ...step, what: redact(step.what, target.confidential) }));
}

function stepOfPhase(phase: Phase): DryStep {
  const { name, kind, startSecond, endSecond, fromMultiplier, toMultiplier } = phase;
  const load =
    kind === 'hold' ? multiple(toMultiplier) : `${multiple(fromMultiplier)} → ${multiple(toMultiplier)}`;
  return { second: startSecond, step: 'load', what: `${name}: ${load} until ${clockTime(endSecond)}` };
}

function stepsOfFault({ fault, inject, rollBack, tookEffect, steady }: FaultProcedure): DryStep[] {
  const steps = (second: number, step: DryStep['step'], texts: readonly string[]): DryStep[] =>
    texts.map((what) => ({ second, fault: fault.id, step, what }));
  const { startSecond, endSecond } = fault;
  const before = Math.max(0, startSecond - leadMs / 1000);
  return [
    ...steps(before, 'look before', [...steady.map(checkText), `not yet: ${checkText(tookEffect)}`]),
    ...steps(startSecond, 'inject', inject.map(actionText)),
    ...steps(startSecond, 'prove', [checkText(tookEffect)]),
    ...steps(endSecond, 'roll back', rollBack.map(actionText)),
    ...steps(endSecond, 'look after', steady.map(checkText)),
  ];
}

/** The steps as a table. @param width columns of the terminal; without it, nothing is cut. */
export function describeDryRun(
  { plan, target }: Prepared,
  steps: readonly DryStep[],
  width?: number,
): string {
  const faults = plan.faults ?? [];
  const by =
    target.faults === undefined || faults.length === 0 ? '' : ` by driver ${target.faults.driver.name}`;
  const rows = steps.map(({ second, fault, step, what }) => [timeOf(second), fault ?? '', step, what]);
  const columns = [
    { title: 'time', align: 'right' as const },
    { title: 'fault' },
    { title: 'step' },
    { title: 'what' },
  ];
  return [
    `${plan.profile} on target ${plan.environment.name}: ${clockTime(plan.durationSeconds)} of load, ${formatCounted(faults.length, 'fault')}${by}`,
    table(columns, rows, width),
    [...abortWords(plan), 'Nothing was started or sent.'].join('\n'),
  ].join('\n\n');
}

/** `0:30`, with tenths where a stretched plan has them. */
function timeOf(second: number): string {
  const tenths = Math.round((second % 1) * 10) % 10;
  return tenths === 0 ? clockTime(second) : `${clockTime(Math.floor(second))}.${tenths}`;
}

function abortWords({ abort }: LoadPlan): string[] {
  const { errorShare, atFailure } = abort ?? {};
  return [
    'Faults are taken back and the load ends at once at Ctrl-C, at `peakproof stop` and with a file `stop` in the run folder.',
    ...(errorShare === undefined
      ? []
      : [
          `Also if more than ${roughShare(errorShare.above)} of the requests of ${decimal(errorShare.overSeconds)} s fail.`,
        ]),
    ...(atFailure ? ['Also if a blocking objective certainly fails.'] : []),
  ];
}
