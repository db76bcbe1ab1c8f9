/** Whether a drill is a success, a failure, or proves nothing; and why, in a sentence. */
import type { DrillRow, RunEnd } from '../measurements.ts';
import { formatDuration } from '../sentences.ts';
import type { Answer } from '../types.ts';
import { recoveryRule } from './recovery.ts';

interface Answered {
  readonly answer: Answer;
  readonly reason: string;
}

interface Seen {
  readonly end: RunEnd;
  readonly hasRecovered: boolean;
  /** Anybody asked the broken service for anything. */
  readonly sawTraffic: boolean;
  readonly watchedSeconds: number;
}

/** Of a drill whose fault took effect. */
export function answerOf(row: DrillRow, seen: Seen): Answered {
  const failed = failedRollBack(row, seen.end);
  if (failed !== undefined) return { answer: 'fail', reason: failed };
  const watched = formatDuration(seen.watchedSeconds);
  if (!seen.sawTraffic) return unproven(`no request reached ${row.fault.service} meanwhile`);
  if (!seen.hasRecovered && seen.end !== 'finished')
    return unproven(`the run ended ${watched} after the fault began`);
  if (!seen.hasRecovered) {
    return {
      answer: 'fail',
      reason: `Had not recovered when watching ended, ${watched} after the fault began.`,
    };
  }
  if (row.problems.length > 0) return unproven(row.problems.join('; '));
  if (row.rolledBackSecond === undefined) return unproven('its roll-back was not seen');
  return { answer: 'pass', reason: `Recovered: good for ${recoveryRule.goodSeconds} s on end.` };
}

/** Of a fault that was planned or injected, but not seen. */
export function withoutEffect(row: DrillRow, end: RunEnd): Answered {
  const failed = failedRollBack(row, end);
  if (failed !== undefined) return { answer: 'fail', reason: failed };
  const why = row.problems.length === 0 ? 'no probe saw it' : row.problems.join('; ');
  return unproven(
    row.injectedSecond === undefined
      ? `the fault was not injected (${why})`
      : `the fault had no effect that was seen (${why})`,
  );
}

/** A run that was cut short may just not have seen the end of a roll-back. */
function failedRollBack(
  { rollBackSecond, rolledBackSecond, steadySecond, tookEffectSecond, problems }: DrillRow,
  end: RunEnd,
): string | undefined {
  const told = problems.length === 0 ? '' : `: ${problems.join('; ')}`;
  if (rollBackSecond !== undefined && rolledBackSecond === undefined && end !== 'killed') {
    return `The roll-back failed${told}.`;
  }
  if (
    rolledBackSecond !== undefined &&
    tookEffectSecond !== undefined &&
    steadySecond === undefined &&
    end === 'finished'
  ) {
    return `Rolled back, but never seen as before${told}.`;
  }
  return undefined;
}

function unproven(why: string): Answered {
  return { answer: 'inconclusive', reason: `Proves nothing: ${why}.` };
}
