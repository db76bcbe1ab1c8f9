/** Whether a ledger can be whole: the generator counted the same writes by itself. */
import type { RequestSeries } from '../measurements.ts';
import { totalOf } from '../series.ts';
import { classesIn, type LedgerResult } from './result.ts';

/**
 * Good answers to the writing route that no attempt of the ledger can account for are acknowledgements that are
 * missing from it: they count as lines that could not be used. A ledger that was never written would otherwise
 * look like a day on which nobody bought anything.
 */
export function withMissing(result: LedgerResult, requests: readonly RequestSeries[]): LedgerResult {
  const { write, spans, illegible, gaps } = result;
  const good = requests
    .filter(({ route, outcome }) => route === write && outcome !== 'error')
    .reduce((sum, series) => sum + totalOf(series), 0);
  const { acknowledged, unacknowledged, absent, unacknowledgedUnread } = classesIn(spans);
  const missing = good - acknowledged - unacknowledged - absent - unacknowledgedUnread - illegible;
  if (missing <= 0) return result;
  const cause = `good answers of ${write} that are not in the ledger`;
  return {
    ...result,
    illegible: illegible + missing,
    gaps: [...gaps, { code: 'LEDGER_DAMAGED', cause, count: missing }],
  };
}
