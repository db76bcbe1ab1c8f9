/** The display for programs: one JSON object a line, told apart by `type`. */
import type { LiveView } from '../types.ts';

export function jsonLinesView(out: { write(text: string): unknown }): LiveView {
  const write = (type: string, value: object) => out.write(`${JSON.stringify({ type, ...value })}\n`);
  return {
    note: (message) => void write('note', { message }),
    snapshot: (snapshot) => void write('snapshot', snapshot),
    close: () => {},
  };
}
