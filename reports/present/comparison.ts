/** A comparison as it is told: a before/after table, the worst first, and what was concluded. */
import { formatFigure, formatRelative, formatShift, nameOf } from '../../slo/compare/summary.ts';
import type {
  Change,
  ChangeStanding,
  Comparison,
  ComparisonOutcome,
  LeastEffect,
} from '../../slo/compare/types.ts';
import { cleanDeep } from '../clean.ts';
import { count, counted, decimal, list, milliseconds, probability, roughShare } from '../figures.ts';
import type { Cell, ComparisonView, Standing, Status, Table } from '../types.ts';
import { cell, columns, statusCell } from './table.ts';

const outcomes: Readonly<Record<ComparisonOutcome, Status>> = {
  regression: { standing: 'fail', symbol: '✗', word: 'REGRESSION' },
  none: { standing: 'pass', symbol: '✓', word: 'NO REGRESSION' },
  nothing: { standing: 'inconclusive', symbol: '?', word: 'NOTHING CAN BE SAID' },
};

const standings: Readonly<
  Record<ChangeStanding, { readonly standing: Standing; readonly symbol: string; readonly word: string }>
> = {
  worse: { standing: 'fail', symbol: '✗', word: 'worse' },
  better: { standing: 'pass', symbol: '✓', word: 'better' },
  same: { standing: 'pass', symbol: '✓', word: 'no worse' },
  unclear: { standing: 'inconclusive', symbol: '?', word: 'unclear' },
};

const consequence: Status = { standing: 'inconclusive', symbol: '↳', word: 'consequence' };

/** Texts of a comparison, printable as they are. */
export function presentComparison(comparison: Comparison): ComparisonView {
  const { baseline, candidate, outcome, summary, refusals, flags, regressions } = comparison;
  return cleanDeep({
    title: `${candidate} against ${baseline}`,
    status: outcomes[outcome],
    summary,
    warnings: [...refusals.map((reason) => `Not comparable: ${reason}.`), ...flags.map(sentence)],
    regressions: regressions.map((regression) => regression.summary),
    changes: changesTable(comparison),
    quiet: quietFigures(comparison.changes),
    method: methodOf(comparison),
  });
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** In which nothing bad happened in either run; a table of them would hide the others. */
function isQuiet({ kind, objectiveId, before = 0, after = 0 }: Change): boolean {
  return (kind === 'errors' || objectiveId !== undefined) && before === 0 && after === 0;
}

function quietFigures(changes: readonly Change[]): string {
  const quiet = changes.filter(isQuiet);
  const objectives = quiet.filter(({ objectiveId }) => objectiveId !== undefined).length;
  const parts = [
    ...(quiet.length > objectives ? [`errors of ${counted(quiet.length - objectives, 'service')}`] : []),
    ...(objectives > 0 ? [counted(objectives, 'objective')] : []),
  ];
  return parts.length === 0 ? '' : `No bad event in either run: ${list(parts)}.`;
}

/** Regressions, their consequences, what became better, and the rest as the catalog has it. */
function rank({ standing, consequenceOf, kind, objectiveId }: Change): number {
  if (standing === 'worse') return consequenceOf === undefined ? 0 : 1;
  if (standing === 'better') return 2;
  return kind === 'latency' && objectiveId === undefined ? 3 : 4;
}

function changesTable({ changes, leastEffect }: Comparison): Table {
  const shown = changes.filter((change) => !isQuiet(change)).sort((a, b) => rank(a) - rank(b));
  return {
    caption: 'Before and after, with 95 % intervals',
    columns: columns('Metric', 'Before#', 'After#', 'Change#', 'How sure'),
    rows: shown.map((change) => row(change, leastEffect)),
  };
}

function row(change: Change, least: LeastEffect): Cell[] {
  const { before, after } = change;
  return [
    cell(nameOf(change), change.objectiveId === undefined ? undefined : 'share of bad events'),
    cell(before === undefined ? 'no data' : formatFigure(change, before)),
    cell(after === undefined ? 'no data' : formatFigure(change, after)),
    changeCell(change),
    certaintyCell(change, least),
  ];
}

function changeCell(change: Change): Cell {
  const { shift, low, high, before = 0, kind, objectiveId } = change;
  if (shift === undefined || low === undefined || high === undefined) return cell('–');
  const isRelative = kind === 'latency' && objectiveId === undefined && before > 0;
  const relative = isRelative ? ` (${formatRelative(shift / before)})` : '';
  return cell(
    `${formatShift(change, shift)}${relative}`,
    `${formatShift(change, low)} to ${formatShift(change, high)}`,
  );
}

function certaintyCell(change: Change, least: LeastEffect): Cell {
  const { standing, consequenceOf, pValue = 1 } = change;
  if (consequenceOf !== undefined) return statusCell(consequence, `of ${list(consequenceOf)}`);
  if (standing === 'worse') return statusCell(standings.worse, `p ${probability(pValue)}`);
  if (standing === 'unclear')
    return statusCell(standings.unclear, change.shift === undefined ? 'too few blocks' : '');
  return statusCell(standings[standing], standing === 'same' ? whatMatters(change, least) : '');
}

/** The least effect in the unit of the figure. */
function whatMatters(change: Change, { latencyShare, latencyMs, badShare }: LeastEffect): string {
  const { kind, objectiveId, before = 0 } = change;
  const isMs = kind === 'latency' && objectiveId === undefined;
  const least = isMs ? Math.max(latencyShare * before, latencyMs) : badShare;
  return `by ${formatFigure(change, least)} or more`;
}

function methodOf({ leastEffect, blocks, blockSeconds, tests, commonShiftShare = 0 }: Comparison): string[] {
  const { latencyShare, latencyMs, badShare } = leastEffect;
  return [
    `The unit is a block of ${blockSeconds} s within a phase that holds its load, ${count(blocks)} in each run; requests of one block are not independent, and neighbouring blocks that are alike count for less.`,
    'Latency is the geometric mean of a block, set off against its own mix of routes. Whether it rose: Mann–Whitney; by how much: Hodges–Lehmann.',
    'Errors: how many blocks of each run have more of them than the median block (Fisher’s exact test), because failures come in bursts.',
    `A rise counts from ${roughShare(latencyShare)} and ${milliseconds(latencyMs)} of latency, or ${decimal(badShare * 100)} points of errors, and if it is 95 % sure after correction for ${count(tests)} tests (Holm).`,
    `Services that call no other changed by ${formatRelative(commonShiftShare)} (median): a slowdown that all share is set off, and a service has to stand out from these by three robust standard deviations.`,
    'A service that calls a slower one becomes slower too: where that explains it, it is a consequence and no regression of its own.',
  ];
}
