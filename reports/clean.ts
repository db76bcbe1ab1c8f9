/**
 * A report quotes the system under test: causes of failures, names, messages. None of it may break a line
 * (annotations, tables), drive a terminal (escape sequences) or reorder what a reader sees (bidi controls).
 */

const longest = 600;
// Controls (C0, DEL, C1), line and paragraph separators, bidi overrides and isolates, byte order mark, lone surrogates.
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** One line of printable text, cut to a length that no layout breaks on. */
export function cleanText(text: string): string {
  const line = text.replace(unprintable, ' ').trim();
  return line.length > longest ? `${Array.from(line).slice(0, longest).join('')}…` : line;
}

/** Cleans every string inside a plain value. */
export function cleanDeep<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clean(item)]));
}
