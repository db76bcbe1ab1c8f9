/** Plain aligned columns for a terminal or a log. */

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const gap = '  ';

/**
 * Lays rows out under their titles. The last left-aligned column is cut with an ellipsis where the terminal ends;
 * numbers never are.
 * @param width columns of the terminal; no limit if undefined (a pipe or file gets everything).
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width?: number,
): string {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const total = widths.reduce((sum, one) => sum + one, gap.length * (columns.length - 1));
  const elastic = columns.findLastIndex((column) => column.align !== 'right');
  if (width !== undefined && total > width && elastic >= 0) {
    widths[elastic] = Math.max(columns[elastic]?.title.length ?? 0, (widths[elastic] ?? 0) - (total - width));
  }
  const line = (cells: readonly string[]) =>
    columns
      .map((column, index) => fitCell(cells[index] ?? '', widths[index] ?? 0, column.align))
      .join(gap)
      .trimEnd();
  return [columns.map((column) => column.title), ...rows].map(line).join('\n');
}

function fitCell(text: string, width: number, align: Column['align']): string {
  if (text.length > width) return `${text.slice(0, Math.max(0, width - 1))}…`;
  return align === 'right' ? text.padStart(width) : text.padEnd(width);
}
