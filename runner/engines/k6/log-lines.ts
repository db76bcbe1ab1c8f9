/** k6's log in its JSON format, told apart: the script's ledger, and what k6 itself has to say. */
export type LogLine =
  | { readonly kind: 'ledger'; readonly text: string }
  | {
      readonly kind: 'log';
      readonly text: string;
      readonly isError: boolean;
    };

/** How scenarios mark a line for the ledger. */
export const ledgerMark = 'PEAKPROOF ';

interface K6Record {
  readonly level?: string;
  readonly msg?: string;
  readonly error?: string;
  readonly source?: string;
}

export function readLogLine(line: string): LogLine {
  const record = parseRecord(line);
  // A panic of the Go runtime, for example, is not in k6's format.
  if (record?.msg === undefined) return { kind: 'log', text: line, isError: true };
  const { level = 'info', msg, error, source } = record;
  if (source === 'console' && msg.startsWith(ledgerMark)) {
    return { kind: 'ledger', text: msg.slice(ledgerMark.length) };
  }
  const text = [level, msg.trim(), error].filter(Boolean).join(': ');
  return { kind: 'log', text, isError: level === 'error' || level === 'fatal' };
}

function parseRecord(line: string): K6Record | undefined {
  try {
    return JSON.parse(line) as K6Record;
  } catch {
    return undefined;
  }
}
