/** The time window of an SLO, rolling or following the calendar. */
import { secondsPerDay } from '../statistics/error-budget.ts';
import type { CalendarWindow, Objective } from '../types.ts';
import { parseDuration } from './durations.ts';
import type { Place } from './findings.ts';
import type { TimeWindow } from './schema.ts';

type Window = Pick<Objective, 'windowDays' | 'calendar'>;

/** What most SLOs have; lenient mode falls back on it. */
const usualWindow: Window = { windowDays: 30 };

/** @param windows spec.timeWindow, of one item if it is there. */
export function windowOf(windows: readonly TimeWindow[] | undefined, place: Place): Window {
  const [window] = windows ?? [];
  if (window === undefined) {
    // The text calls the field optional, the SDK demands it.
    place.tolerate('a promise needs its time window', { assumed: '30 rolling days' });
    return usualWindow;
  }
  const here = place.at(0);
  const length = parseDuration(window.duration);
  const windowDays = length.seconds / secondsPerDay;
  if (window.calendar !== undefined) {
    if (window.isRolling === true) here.error('a window is either rolling or follows a calendar');
    checkCalendar(window.calendar, here.at('calendar'));
    if (length.seconds < 3600) here.at('duration').tolerate(shortWindow(window.duration));
    const { count, unit } = length;
    return { windowDays, calendar: { count, unit, ...window.calendar } satisfies CalendarWindow };
  }
  if (window.isRolling !== true) {
    here.tolerate('say isRolling: true, or give calendar with startTime and timeZone', {
      assumed: 'rolling',
    });
  }
  if (/[MQY]$/.test(window.duration)) {
    here
      .at('duration')
      .tolerate('a rolling window has a fixed length: say it in days', { assumed: `${windowDays}d` });
  }
  return { windowDays };
}

/** One of the official examples says `1m` and means a month. */
function shortWindow(duration: string): string {
  const meant = duration.endsWith('m') ? `; if months are meant, say ${duration.slice(0, -1)}M` : '';
  return `a calendar window of minutes holds no budget worth the name: m is a minute${meant}`;
}

function checkCalendar({ startTime, timeZone }: NonNullable<TimeWindow['calendar']>, place: Place): void {
  const iso = `${startTime.replace(' ', 'T')}.000Z`;
  const time = new Date(iso);
  if (Number.isNaN(time.getTime()) || time.toISOString() !== iso) {
    place.at('startTime').error(`there is no ${startTime}`);
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    place.at('timeZone').error(`"${timeZone}" is not in the IANA time zone database`);
  }
}
