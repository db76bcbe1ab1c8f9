/** OpenSLO's duration shorthand: a whole number and one letter. `m` is a minute and `M` a month; there are no seconds. */
import { z } from 'zod';
import { secondsPerDay } from '../statistics/error-budget.ts';
import type { CalendarWindow } from '../types.ts';

const units = {
  m: { unit: 'minute', seconds: 60 },
  h: { unit: 'hour', seconds: 3600 },
  d: { unit: 'day', seconds: secondsPerDay },
  w: { unit: 'week', seconds: 7 * secondsPerDay },
  // No calendar unit has a fixed length; these are the nominal ones of OpenSLO's SDK.
  M: { unit: 'month', seconds: 30 * secondsPerDay },
  Q: { unit: 'quarter', seconds: 90 * secondsPerDay },
  Y: { unit: 'year', seconds: 365 * secondsPerDay },
} as const satisfies Record<string, { unit: CalendarWindow['unit']; seconds: number }>;

const anyLength =
  'use a whole number and m (minutes), h, d, w, M (months), Q or Y; OpenSLO has no seconds, for example 30d';
const fixedLength = 'use minutes, hours, days or weeks, for example 5m; M is a month';

export const duration = z.string(anyLength).regex(/^[1-9]\d{0,5}[mhdwMQY]$/, anyLength);
/** For windows that slide or follow each other: a month has no fixed length. */
export const fixedDuration = z.string(fixedLength).regex(/^[1-9]\d{0,5}[mhdw]$/, fixedLength);
/** How long something must last; may be nothing. */
export const delay = z.string(fixedLength).regex(/^\d{1,6}[mhdw]$/, fixedLength);

export interface Duration {
  readonly count: number;
  readonly unit: CalendarWindow['unit'];
  /** Nominal for months, quarters and years. */
  readonly seconds: number;
}

/** Reads a duration that was validated. */
export function parseDuration(text: string): Duration {
  const count = Number(text.slice(0, -1));
  const { unit, seconds } = units[text.slice(-1) as keyof typeof units];
  return { count, unit, seconds: count * seconds };
}
