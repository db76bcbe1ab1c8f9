/** Short forms to build tables with. */
import type { Cell, Column, Status } from '../types.ts';

/** Columns from labels; a trailing `#` marks one of numbers: `columns('Route', 'Requests#')`. */
export function columns(...labels: string[]): Column[] {
  return labels.map((label) =>
    label.endsWith('#') ? { label: label.slice(0, -1), align: 'number' } : { label, align: 'text' },
  );
}

export function cell(text: string, note?: string): Cell {
  return note === undefined || note === '' ? { text } : { text, note };
}

export function statusCell(status: Status, note?: string): Cell {
  return { ...cell(status.word, note), status };
}
