/** Text that fits a terminal. */
import type pc from 'picocolors';
import type { Standing } from '../types.ts';

export type Colors = ReturnType<typeof pc.createColors>;

export interface Page {
  readonly colors: Colors;
  readonly columns: number;
}

/** Colour of a standing. */
export function paint(standing: Standing, colors: Colors): (text: string) => string {
  return { pass: colors.green, fail: colors.red, inconclusive: colors.yellow, none: colors.dim }[standing];
}

export function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

export function pad(text: string, width: number): string {
  return cut(text, width).padEnd(width);
}

export function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

/** Breaks at spaces, but not before a unit; a word longer than the line is cut. */
export function wrap(text: string, columns: number, indent = ''): string[] {
  const width = columns - indent.length;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ (?!%|ms |s )/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = cut(word, width);
  }
  return [...lines, line].map((item) => indent + item);
}
