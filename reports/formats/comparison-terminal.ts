/** A comparison in the terminal: what was found, and the before/after table. */
import pc from 'picocolors';
import type { Cell, ComparisonView, Table } from '../types.ts';
import { cut, longest, type Page, paint, wrap } from './terminal-text.ts';

export interface ComparisonTerminalOptions {
  readonly color: boolean;
  readonly columns: number;
}

const narrowest = 60;

/** The whole comparison, as `peakproof compare` prints it. */
export function renderComparisonTerminal(view: ComparisonView, options: ComparisonTerminalOptions): string {
  const page = { colors: pc.createColors(options.color), columns: Math.max(narrowest, options.columns) };
  const blocks = [
    comparisonLines(view, page),
    tableLines(view.changes, page),
    view.quiet === '' ? [] : wrap(view.quiet, page.columns).map((line) => page.colors.dim(line)),
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `\n${text.join('\n\n')}\n`;
}

/** Outcome, warnings and regressions; for the summary of a rehearsal too. */
export function comparisonLines(
  { title, status, summary, warnings, regressions }: ComparisonView,
  page: Page,
): string[] {
  const badge = page.colors.bold(paint(status.standing, page.colors)(`${status.symbol} ${status.word}`));
  return [
    `${badge}  ${cut(title, page.columns - status.word.length - 4)}`,
    ...wrap(summary, page.columns),
    ...warnings.flatMap((warning) =>
      wrap(`! ${warning}`, page.columns).map((line) => page.colors.yellow(line)),
    ),
    ...regressions.flatMap((regression) => wrap(`✗ ${regression}`, page.columns)),
  ];
}

const gap = '  ';

/** Columns as wide as their cells, the last one cut where the terminal ends. */
function tableLines({ columns, rows }: Table, page: Page): string[] {
  if (rows.length === 0) return [];
  const texts = rows.map((row) => row.map(textOf));
  const widths = columns.map(({ label }, index) => longest([label, ...texts.map((row) => row[index] ?? '')]));
  const line = (cells: readonly string[]) =>
    cells
      .map((text, index) => {
        const width = widths[index] ?? 0;
        return columns[index]?.align === 'number' ? text.padStart(width) : text.padEnd(width);
      })
      .join(gap)
      .trimEnd();
  const heading = page.colors.bold(cut(line(columns.map(({ label }) => label)), page.columns));
  return [
    heading,
    ...rows.map((row, index) => {
      const standing = row.find(({ status }) => status !== undefined)?.status?.standing ?? 'none';
      const text = cut(line(texts[index] ?? []), page.columns);
      return standing === 'fail' ? paint(standing, page.colors)(text) : text;
    }),
  ];
}

function textOf({ text, note, status }: Cell): string {
  const main = status === undefined ? text : `${status.symbol} ${status.word}`;
  return note === undefined || status === undefined ? main : `${main} ${note}`;
}
