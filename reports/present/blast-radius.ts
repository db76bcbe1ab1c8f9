/** Who was broken × who suffered, as a table whose symbols say it without colours. */
import { wasDown } from '../../slo/drills/findings.ts';
import type { BlastCell, BlastRadius, BlastRow, Fared } from '../../slo/drills/types.ts';
import { formatDuration } from '../../slo/sentences.ts';
import type { BlastRadiusView, MatrixCell } from '../drill-views.ts';
import { count, counted } from '../figures.ts';

/** @param isEvidence false where the generator was saturated: a full machine couples everything to everything. */
export function presentBlastRadius(
  { services, rows, findings, untested }: BlastRadius,
  isEvidence: boolean,
): BlastRadiusView {
  return {
    summary: `${isEvidence ? '' : 'No evidence either way, as the generator was saturated. The figures would have said: '}${summaryOf(rows, findings)}`,
    caption: 'Rows: what was broken. Columns: what became of each service meanwhile.',
    services,
    rows: rows.map((row) => ({
      name: row.drill,
      cells: row.cells.map((cell) => matrixCell(cell, wasDown(row))),
    })),
    legend,
    findings,
    untested,
  };
}

function summaryOf(rows: readonly BlastRow[], findings: readonly string[]): string {
  if (rows.length === 0) return 'No fault took effect, so nothing is known of who suffers from whom.';
  const open = rows.flatMap(({ cells }) => cells).filter(({ answer }) => answer === 'inconclusive').length;
  const unknown = open === 0 ? '' : ` ${counted(open, 'pair')} had too little traffic to tell.`;
  return findings.length === 0
    ? `${keptWords(rows)}${unknown}`
    : `${counted(findings.length, 'service')} taken down that should have stood.${unknown}`;
}

/** Whether the matrix equals the declaration, or only stays within it. */
function keptWords(rows: readonly BlastRow[]): string {
  const cells = rows.filter(wasDown).flatMap((row) => row.cells);
  const needs = cells.filter(({ relation }) => relation === 'needs');
  const unseen = needs.filter(({ fared }) => fared === 'held' || fared === 'unknown').length;
  const kept = 'Nothing failed but what the catalog lets fail';
  if (needs.length === 0) return `${kept}.`;
  return unseen === 0
    ? `${kept}, and each of ${counted(needs.length, 'declared need')} was seen to fail.`
    : `${kept}; ${count(unseen)} of ${counted(needs.length, 'declared need')} were not seen to fail.`;
}

const symbols: Readonly<Record<Fared, string>> = { held: '✓', degraded: '~', broken: '✗', unknown: '?' };

const legend = [
  { symbol: '■', text: 'broken on purpose' },
  { symbol: '✓', text: 'held' },
  { symbol: '~', text: 'degraded: some failures, no outage' },
  { symbol: '✗', text: 'broken, as the catalog declares' },
  { symbol: '✗!', text: 'broken, and nothing declares it' },
  { symbol: '?', text: 'too little traffic to tell' },
  { symbol: '↩', text: 'calls it, and shall answer without it' },
  { symbol: '✓*', text: 'held, though declared to need it' },
] as const;

/** @param isTest the broken service was down, so that who needs it should have failed too. */
function matrixCell(cell: BlastCell, isTest: boolean): MatrixCell {
  const { relation, fared, answer, recoverSeconds } = cell;
  if (relation === 'self') return { ...toned('none', '■', 'broken on purpose'), note: '' };
  const note = recoverSeconds === undefined || recoverSeconds === 0 ? '' : formatDuration(recoverSeconds);
  if (fared === 'broken') {
    return answer === 'fail'
      ? { ...toned('fail', '✗!', `broken, undeclared (${cell.objectiveId ?? ''})`), note }
      : { ...toned('none', '✗', 'broken, as declared'), note };
  }
  const { mark, word } = remarkOn(cell, isTest);
  return { ...toned(standingOf(cell), `${symbols[fared]}${mark}`, `${words[fared]}${word}`), note };
}

/** What is added of one that was not broken, where something else might have been expected. */
function remarkOn({ relation, fared }: BlastCell, isTest: boolean) {
  if (relation === 'tolerates') return { mark: '↩', word: ' without what it calls' };
  if (relation === 'needs' && fared === 'held' && isTest)
    return { mark: '*', word: ', though declared to need it' };
  return { mark: '', word: '' };
}

/** What nobody could tell was not kept either, even where nothing was asked of it. */
function standingOf({ fared, answer }: BlastCell): MatrixCell['standing'] {
  return fared === 'unknown' && answer === 'pass' ? 'none' : answer;
}

const words: Readonly<Record<Fared, string>> = {
  held: 'held',
  degraded: 'degraded',
  broken: 'broken',
  unknown: 'too little traffic to tell',
};

function toned(standing: MatrixCell['standing'], symbol: string, word: string) {
  return { standing, symbol, word };
}
