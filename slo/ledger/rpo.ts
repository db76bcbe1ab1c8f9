/**
 * The recovery point: how much time of acknowledged writes is gone.
 *
 * The headline is the span from the first to the last lost acknowledgement of one drill. It needs nothing but
 * what clients saw: no assumption about when a fault took effect, and it exists where nothing was broken on
 * purpose. Its weakness is that a single lost write spans 0 s, so it is always told with the count, of which
 * none is promised. Beside it stands how far the loss reaches back before the fault began and on after it: how old
 * the state is that came back.
 */
import type { ReadingRow } from '../measurements.ts';
import { classesIn, type LedgerResult, type LedgerSpan, type SecondSpan } from './result.ts';

/** Seconds between the first and the last lost acknowledgement; 0 if none or one was lost. */
export function rpoSeconds(lost: SecondSpan | undefined): number {
  return lost === undefined ? 0 : lost.lastSecond - lost.firstSecond;
}

/** How long before and after the fault's begin the lost ones were acknowledged; each 0 if none was on that side. */
export function reachOf(
  lost: SecondSpan,
  faultSecond: number,
): { readonly back: number; readonly on: number } {
  return {
    back: Math.max(0, faultSecond - lost.firstSecond),
    on: Math.max(0, lost.lastSecond - faultSecond),
  };
}

/**
 * The figures that objectives are judged by, each as wide as what is not known leaves it: an attempt that
 * could not be read may be lost, and a line that could not be read may have been an acknowledgement. None where
 * nothing was acknowledged: nothing can have been lost then, and nothing was proven.
 */
export function readingsOf(result: LedgerResult, runSeconds: number): Omit<ReadingRow, 'second'>[] {
  const { name, spans, illegible, copiesReading } = result;
  const { acknowledged, lost, unread, duplicated, copiesUnread } = classesIn(spans);
  if (acknowledged + illegible === 0) return [];
  const widest = illegible > 0 ? runSeconds : worst(spans.map((span) => rpoSeconds(widestWindow(span))));
  const figures = [
    between(`${name}-lost`, lost, lost + unread + illegible),
    between(`${name}-rpo-seconds`, worstRpoSeconds(spans), widest),
  ];
  if (copiesReading === undefined) return figures;
  return [...figures, between(copiesReading, duplicated, duplicated + copiesUnread + illegible)];
}

/** Of the drill that took the longest: losses of two drills do not span the time between them. */
export function worstRpoSeconds(spans: readonly LedgerSpan[]): number {
  return worst(spans.map(({ lost }) => rpoSeconds(lost)));
}

function between(reading: string, value: number, upTo: number): Omit<ReadingRow, 'second'> {
  return { reading, value, ...(upTo > value ? { upTo } : {}) };
}

function worst(seconds: readonly number[]): number {
  return Math.max(0, ...seconds);
}

/** The window if everything that could not be read was lost. */
function widestWindow({ lost, unread }: LedgerSpan): SecondSpan | undefined {
  if (lost === undefined || unread === undefined) return lost ?? unread;
  return {
    firstSecond: Math.min(lost.firstSecond, unread.firstSecond),
    lastSecond: Math.max(lost.lastSecond, unread.lastSecond),
  };
}
