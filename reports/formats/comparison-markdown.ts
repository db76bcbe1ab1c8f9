/** A comparison for a pull request. */
import type { Cell, ComparisonView } from '../types.ts';
import { plainText, row } from './markdown-text.ts';

const mostRows = 30;

export function renderComparisonMarkdown(view: ComparisonView): string {
  const { title, status, summary, warnings, quiet, method } = view;
  const lines = [
    `## ${status.symbol} ${status.word}: ${plainText(title)}`,
    '',
    plainText(summary),
    ...warnings.flatMap((warning) => ['', `> ${plainText(warning)}`]),
    ...changesTable(view, mostRows),
    ...(quiet === '' ? [] : ['', plainText(quiet)]),
    '',
    ...method.map((line) => `- ${plainText(line)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** The table's first rows, for a summary of which the comparison is a part too. */
export function changesTable({ changes: { columns, rows } }: ComparisonView, most: number): string[] {
  if (rows.length === 0) return [];
  return [
    '',
    row(columns.map(({ label }) => label)),
    `|${columns.map(({ align }) => (align === 'number' ? '--:' : '---')).join('|')}|`,
    ...rows.slice(0, most).map((cells) => row(cells.map(textOf))),
    ...(rows.length > most ? ['', `… and ${rows.length - most} more rows in the report.`] : []),
  ];
}

function textOf({ text, note, status }: Cell): string {
  const main = status === undefined ? text : `${status.symbol} ${status.word}`;
  return note === undefined ? main : `${main} (${note})`;
}
