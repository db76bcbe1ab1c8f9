/** k6's log in its JSON format, told apart: the script's ledger, and what k6 itself has to say. */
import { parseLedgerLine } from '../../store/ledger.ts';

export type LogLine =
  | { readonly kind: 'ledger'; readonly text: string }
  | {
      readonly kind: 'log';
      readonly text: string;
      readonly isError: boolean;
    };

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
  if (source === 'console' && parseLedgerLine(msg).length > 0) return { kind: 'ledger', text: msg };
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
