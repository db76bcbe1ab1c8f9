/** The display for programs: one JSON object a line, told apart by `type`. */
import type { LiveView } from '../types.ts';

export function jsonLinesView(out: { write(text: string): unknown }): LiveView {
  const write = (type: string, value: object) => out.write(`${JSON.stringify({ type, ...value })}\n`);
  return {
    note: (message) => void write('note', { message }),
    snapshot: ({ objectives: { atRisk, broken }, ...snapshot }) =>
      // What is held is the rest, and would be most of each line.
      void write('snapshot', { ...snapshot, atRisk, broken }),
    close: () => {},
  };
}
