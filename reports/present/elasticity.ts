/** How the system followed steps of load: until objectives held again, replicas, and what work cost in them. */
import { judgedTotals, quietSeconds } from '../../slo/elasticity/judge-elasticity.ts';
import type { ElasticityReport, StepOutcome, StepReplicas } from '../../slo/elasticity/types.ts';
import { formatDuration } from '../../slo/sentences.ts';
import type { ElasticityPoint, ElasticityView } from '../elasticity-view.ts';
import { clockTime, count, counted, list, multiple, roughShare } from '../figures.ts';
import type { Cell, ChartText, Table, TimelinePoint } from '../types.ts';
import { statusOf } from '../words.ts';
import type { PresentInput } from './input.ts';
import { cell, columns, statusCell } from './table.ts';

/** Undefined if the profile has no steps to show it. @param timeline the points of the other charts. */
export function presentElasticity(
  { verdict, measurements }: PresentInput,
  timeline: () => readonly TimelinePoint[],
): ElasticityView | undefined {
  const report = verdict.elasticity;
  if (report === undefined) return undefined;
  // Whoever stood in the way of the load tells nothing about who followed it.
  const steps = verdict.generator.saturated
    ? report.steps.map((step) => ({ ...step, answer: 'inconclusive' as const }))
    : report.steps;
  const replicasAt = judgedTotals(measurements, report);
  const points = timeline().map(({ second, multiplier, p99Ms }): ElasticityPoint => {
    const replicas = replicasAt?.(second);
    return {
      second,
      multiplier,
      ...(replicas === undefined ? {} : { replicas }),
      ...(p99Ms === undefined ? {} : { p99Ms }),
    };
  });
  return {
    status: statusOf(worstOf(steps)),
    lead: leadOf(report.steps),
    findings: [...report.steps.flatMap(stepNotes), ...costNotes(report), ...silentNote(report)],
    steps: stepTable({ ...report, steps }),
    chart: chartText(points),
    points,
    assumptions: assumptionsOf(report),
  };
}

function worstOf(steps: readonly StepOutcome[]): StepOutcome['answer'] {
  const answers = steps.map(({ answer }) => answer);
  if (answers.includes('fail')) return 'fail';
  const hasChanged = steps.some(({ kind }) => kind !== 'start');
  return hasChanged && answers.every((answer) => answer === 'pass') ? 'pass' : 'inconclusive';
}

/** "After 6 of 6 changes of load every service kept its objectives again, the slowest after 4.2 s (up to 10x)." */
function leadOf(steps: readonly StepOutcome[]): string {
  const changes = steps.filter(({ kind }) => kind !== 'start');
  const held = changes.filter(({ answer }) => answer === 'pass');
  const after = `After ${count(held.length)} of ${counted(changes.length, 'change')} of load every service kept its objectives again`;
  const slowest = held.reduce<StepOutcome | undefined>(
    (worst, step) => ((step.holdAgainSeconds ?? 0) > (worst?.holdAgainSeconds ?? 0) ? step : worst),
    undefined,
  );
  if (slowest?.holdAgainSeconds === undefined) return `${after}.`;
  return `${after}, the slowest ${formatDuration(slowest.holdAgainSeconds)} after its beginning (${directionOf(slowest)}).`;
}

function directionOf({ kind, multiplier }: StepOutcome): string {
  return kind === 'start' ? multiple(multiplier) : `${kind} to ${multiple(multiplier)}`;
}

function stepNotes(step: StepOutcome): string[] {
  const { answer, slowest, unknown } = step;
  const where = directionOf(step);
  return [
    ...(answer === 'fail' ? [`${where}: ${list(slowest)} never kept every objective again.`] : []),
    ...(answer === 'inconclusive' ? [`${where}: was not measured to its end, or met no requests.`] : []),
    ...(unknown.length === 0 ? [] : [`${where}: too few requests to tell of ${list(unknown)}.`]),
  ];
}

function costNotes({ work, cost, fixedReplicaSeconds, budgetSecondsPer1000 }: ElasticityReport): string[] {
  if (cost?.secondsPer1000 === undefined) return [`What ${work.noun} cost in replicas is not known.`];
  const took = `1,000 ${work.noun} took ${count(cost.secondsPer1000)} replica-seconds`;
  const budget =
    budgetSecondsPer1000 === undefined
      ? 'the target states no budget'
      : `${roughShare(cost.secondsPer1000 / budgetSecondsPer1000)} of the budget of ${count(budgetSecondsPer1000)}`;
  const saved =
    fixedReplicaSeconds === undefined || fixedReplicaSeconds === 0
      ? ''
      : ` Keeping the replicas of the highest load all the time would have taken ${roughShare(fixedReplicaSeconds / cost.replicaSeconds)} of that.`;
  return [`${took}, ${budget}.${saved}`];
}

function silentNote({ silent }: ElasticityReport): string[] {
  return silent.length === 0 ? [] : [`Never told how many replicas they have: ${list(silent)}.`];
}

function stepTable({ steps, work }: ElasticityReport): Table {
  return {
    caption: 'Each step of load, counted from when it begins to change',
    columns: columns(
      'Load',
      'Standing',
      'At#',
      'Held again after#',
      'Replicas#',
      'Settled after#',
      'Overshoot#',
      `Replica-seconds per 1,000 ${work.noun}#`,
    ),
    rows: steps.map((step) => [
      cell(directionOf(step), step.phase),
      statusCell(statusOf(step.answer)),
      cell(clockTime(step.fromSecond)),
      cell(
        step.holdAgainSeconds === undefined ? '–' : formatDuration(step.holdAgainSeconds),
        list(step.slowest.slice(0, 3)),
      ),
      ...replicaCells(step.replicas),
      workCell(step),
    ]),
  };
}

function replicaCells(replicas: StepReplicas | undefined): Cell[] {
  if (replicas === undefined) return [cell('–'), cell('–'), cell('–')];
  const { settled, settledAfterSeconds, overshoot, surplus } = replicas;
  const kept = surplus === undefined || surplus === 0 ? '' : `${signed(surplus)} than on the way up`;
  return [
    cell(count(settled), kept),
    cell(settledAfterSeconds === undefined ? 'still changing' : formatDuration(settledAfterSeconds)),
    cell(overshoot === undefined ? '–' : count(overshoot)),
  ];
}

function signed(difference: number): string {
  return `${count(Math.abs(difference))} ${difference > 0 ? 'more' : 'fewer'}`;
}

function workCell({ cost }: StepOutcome): Cell {
  if (cost?.secondsPer1000 === undefined) return cell('–');
  return cell(count(cost.secondsPer1000), `${count(cost.work)} done`);
}

function chartText(points: readonly ElasticityPoint[]): ChartText {
  const title = 'Load, replicas and latency';
  const replicas = points.flatMap((point) => point.replicas ?? []);
  const load = `Load rose to ${multiple(Math.max(0, ...points.map(({ multiplier }) => multiplier)))} of normal`;
  if (replicas.length === 0) return { title, summary: `${load}; replicas were not counted.` };
  return {
    title,
    summary: `${load}; replicas of all services together lay between ${count(Math.min(...replicas))} and ${count(Math.max(...replicas))}.`,
  };
}

function assumptionsOf({ work }: ElasticityReport): string[] {
  return [
    'Nobody intervened: this is assumed. Replicas are counted, not who changed them; peakproof changes none.',
    `Held again: as after a fault, the first run of good seconds that reaches beyond the change of load. Settled: no service's replicas changed in the last ${quietSeconds} s. Overshoot: what services had at most beyond what they settled at.`,
    `Every replica costs the same, whatever its size; ${work.noun} are answers of ${work.route} that kept the contract.`,
  ];
}
