/** What was broken on purpose: how it was noticed, how it recovered, what it cost. */
import { isHarmless } from '../../profiles/faults.ts';
import { significance } from '../../slo/drills/alternated.ts';
import { recoveryRule } from '../../slo/drills/recovery.ts';
import type { AlternatedChange, DrillOutcome, DrillReading } from '../../slo/drills/types.ts';
import { formatDuration } from '../../slo/sentences.ts';
import type { ShareCounts } from '../../slo/statistics/share-bounds.ts';
import type { DrillLine, DrillsView } from '../drill-views.ts';
import { clockTime, count, counted, decimal, list } from '../figures.ts';
import type { Band, Cell, Status, Table } from '../types.ts';
import { statusOf } from '../words.ts';
import { presentBlastRadius } from './blast-radius.ts';
import { costTable } from './drill-costs.ts';
import type { PresentInput } from './input.ts';
import { cell, columns, statusCell } from './table.ts';

/** Undefined if nothing was broken. */
export function presentDrills({ verdict, plan }: PresentInput): DrillsView | undefined {
  const report = verdict.drills;
  if (report === undefined) return undefined;
  const { drills, blastRadius } = report;
  return {
    lead: leadOf(drills),
    drills: drills.map(drillLine),
    times: timesTable(drills),
    costs: costTable(drills),
    comparisons: report.alternated.map(alternatedText),
    notes: [
      ...drills.filter(({ answer }) => answer !== 'pass').map(trouble),
      ...drills.flatMap(readingNotes),
    ],
    assumptions: [
      timeScale(drills, plan.durationSeconds),
      `Recovered: no bad second for at least ${recoveryRule.goodSeconds} s of traffic, beyond the fault's end, at the broken service and at all that may fail with it.`,
      'Costs are counted from the beginning of a fault until it was over and all was good; budgets are those of a whole window.',
      'Alerts are replayed as if the time before the fault had been clean and as busy.',
      ...excusedNote(drills),
    ],
    blastRadius: presentBlastRadius(blastRadius, !verdict.generator.saturated),
  };
}

/** Where charts show that something was broken. */
export function faultBands({ verdict, measurements }: PresentInput): Band[] {
  return (verdict.drills?.drills ?? []).flatMap(({ id, injectedSecond, endedSecond }) =>
    injectedSecond === undefined
      ? []
      : [{ name: id, fromSecond: injectedSecond, toSecond: endedSecond ?? measurements.measuredSeconds }],
  );
}

function leadOf(drills: readonly DrillOutcome[]): string {
  const [changes, faults] = [true, false].map((is) => drills.filter(({ fault }) => isHarmless(fault) === is));
  return [
    ...(faults?.length ? [faultsLead(faults)] : []),
    ...(changes?.length ? [changesLead(changes)] : []),
  ].join(' ');
}

function changesLead(changes: readonly DrillOutcome[]): string {
  const unnoticed = changes.filter(
    ({ answer, detectSeconds }) => answer === 'pass' && detectSeconds === undefined,
  );
  return `Changed under load: ${count(unnoticed.length)} of ${counted(changes.length, 'change')} went unnoticed.`;
}

function faultsLead(drills: readonly DrillOutcome[]): string {
  const recovered = drills.filter(({ answer }) => answer === 'pass').length;
  const failed = drills.filter(({ answer }) => answer === 'fail').length;
  const open = drills.length - recovered - failed;
  const parts = [
    `${count(recovered)} of ${counted(drills.length, 'fault')} ended in recovery`,
    ...(failed === 0 ? [] : [`${count(failed)} did not`]),
    ...(open === 0 ? [] : [`${count(open)} ${open === 1 ? 'proves' : 'prove'} nothing`]),
  ];
  return `Broken on purpose, under load: ${list(parts)}.`;
}

function timesTable(drills: readonly DrillOutcome[]): Table {
  return {
    caption: 'Each fault, and how long everything took',
    columns: columns(
      'Fault',
      'Standing',
      'At#',
      'Lasted#',
      'Noticed after#',
      'Would page after#',
      'Stand-in after#',
      'Recovered after#',
      '… from its end#',
    ),
    rows: drills.map((drill) => [
      cell(drill.id, drill.driver),
      statusCell(standing(drill)),
      cell(drill.injectedSecond === undefined ? '–' : clockTime(drill.injectedSecond)),
      duration(lasted(drill)),
      duration(drill.detectSeconds),
      duration(drill.alert?.afterSeconds, drill.alert?.name),
      duration(drill.mitigateSeconds),
      recovered(drill),
      duration(drill.recoverFromEndSeconds),
    ]),
  };
}

const words = { pass: 'recovered', fail: 'failed', inconclusive: 'proves nothing' } as const;

function standing({ answer, detectSeconds }: DrillOutcome): Status {
  const isUnnoticed = answer === 'pass' && detectSeconds === undefined;
  return { ...statusOf(answer), word: isUnnoticed ? 'unnoticed' : words[answer] };
}

/** "rolling-deploy of payment, 3 times, each after a calm of the same load: no difference was seen. …" */
function alternatedText({ fault, service, times, objectiveId, during, calm, p }: AlternatedChange): string {
  const seen = p < significance ? 'it costs more than none' : 'no difference was seen';
  const outOf = (counts: ShareCounts) => `${count(counts.bad)} of ${count(counts.total)}`;
  return `${fault} of ${service}, ${count(times)} times, each after a calm of the same load: ${seen}. By ${objectiveId}: ${outOf(during)} bad with it, ${outOf(calm)} without (Fisher, p ${p < 0.001 ? '< 0.001' : `= ${decimal(p)}`}).`;
}

/** "Recovered 12.9 s after its beginning, 4.8 s after its end; 330 of 2,078 requests failed." */
function drillLine(drill: DrillOutcome): DrillLine {
  const { id, service, reason, recoverSeconds, recoverFromEndSeconds = 0, cost } = drill;
  const failed =
    cost === undefined
      ? ''
      : ` ${count(cost.failedRequests)} of ${counted(cost.requests, 'request')} failed, ${count(cost.fallbacks)} had a stand-in.`;
  const recovery =
    drill.detectSeconds === undefined
      ? 'Nobody noticed it.'
      : `Recovered ${formatDuration(recoverSeconds ?? 0)} after its beginning, ${formatDuration(recoverFromEndSeconds)} after its end.`;
  const text = drill.answer === 'pass' && recoverSeconds !== undefined ? recovery : reason;
  return { id, service, status: standing(drill), text: `${text}${failed}` };
}

function lasted({ injectedSecond, endedSecond }: DrillOutcome): number | undefined {
  return injectedSecond === undefined || endedSecond === undefined ? undefined : endedSecond - injectedSecond;
}

/** A drill that never recovered took longer than anybody watched. */
function recovered({ recoverSeconds, watchedSeconds, answer }: DrillOutcome): Cell {
  if (recoverSeconds !== undefined) return duration(recoverSeconds);
  return answer === 'fail' && watchedSeconds > 0
    ? cell(`> ${formatDuration(watchedSeconds)}`, 'not seen')
    : duration();
}

function duration(seconds?: number, note?: string): Cell {
  return seconds === undefined ? cell('–') : cell(formatDuration(seconds), note);
}

function trouble({ id, reason }: DrillOutcome): string {
  return `${id}: ${reason}`;
}

function readingNotes({ id, readings }: DrillOutcome): string[] {
  return readings.map((reading) => `${id}: ${readingText(reading)}`);
}

function readingText({ reading, kind, highest, backAfterSeconds }: DrillReading): string {
  const rose = `${reading} went to ${decimal(highest)}`;
  const since = kind === 'backlog' ? "after the fault's end" : "after the fault's beginning";
  const back = kind === 'backlog' ? 'drained' : 'within its limit again';
  return backAfterSeconds === undefined
    ? `${rose} and did not come back.`
    : `${rose}, ${back} ${formatDuration(backAfterSeconds)} ${since}.`;
}

function timeScale(drills: readonly DrillOutcome[], durationSeconds: number): string {
  const lengths = drills.flatMap((drill) => lasted(drill) ?? []);
  const range =
    lengths.length === 0
      ? ''
      : ` (${formatDuration(Math.min(...lengths))} to ${formatDuration(Math.max(...lengths))} each)`;
  return `The profile compresses trouble into ${formatDuration(durationSeconds)} and ends each fault itself${range}: recovery from the beginning holds that length, which nobody on call had a part in.`;
}

/** Whose promises were not held against them, and for how long. */
function excusedNote(drills: readonly DrillOutcome[]): string[] {
  const seconds = new Map<string, number>();
  for (const { kind, name, fromSecond, toSecond } of drills.flatMap(({ excused }) => excused)) {
    if (kind === 'service') seconds.set(name, (seconds.get(name) ?? 0) + toSecond - fromSecond);
  }
  if (seconds.size === 0) return [];
  const told = [...seconds].map(([name, sum]) => `${name} ${count(sum)} s`);
  return [
    `Not held against services that the catalog lets fail with a broken one, up to recovery: ${list(told)}. All others are judged throughout.`,
  ];
}
