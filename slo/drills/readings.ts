/** Backlogs and the age of data: what is not over when requests are answered again. */
import type { Measurements, ReadingRow } from '../measurements.ts';
import { type Interval, recoveredAt } from './recovery.ts';
import type { EffectiveDrill } from './scope.ts';
import type { WatchedReading } from './seconds.ts';
import type { DrillReading } from './types.ts';

/** A drill that may be watched beyond the beginning of the next one, which touches others. */
type Watching = Interval & Pick<EffectiveDrill, 'nextSecond'>;

/** Readings named so are queues: `event-bus-backlog`. */
const backlogSuffix = '-backlog';
/** Seconds before a fault in which the usual level of a backlog is seen. */
const lookbackSeconds = 10;

/** Every backlog, and every reading that an objective limits and that went over its limit. */
export function readingsIn(
  { readings }: Measurements,
  watched: readonly WatchedReading[],
  interval: Watching,
): DrillReading[] {
  const names = [...new Set(readings.map(({ reading }) => reading))];
  const backlogs = names
    .filter((name) => name.endsWith(backlogSuffix))
    .flatMap((name) =>
      backlogIn(
        readings.filter(({ reading }) => reading === name),
        name,
        interval,
      ),
    );
  const limited = watched.flatMap((item) => limitedIn(readings, item, interval));
  return [...backlogs, ...limited];
}

/** Usual ups and downs are no backlog of a fault: it has to double, and to grow by this many. */
const leastGrowth = 10;

/**
 * From the fault's end to the first reading from there on, and after the highest, that is back at the highest of the
 * ten seconds before the fault. A backlog that did not grow is not told; what it grew to in the next fault is that one's.
 */
function backlogIn(rows: readonly ReadingRow[], reading: string, interval: Watching): DrillReading[] {
  const { fromSecond, endSecond, untilSecond, nextSecond } = interval;
  const from = Math.floor(fromSecond);
  const before = rows.filter(({ second }) => second < from && second >= from - lookbackSeconds);
  const during = rows.filter(({ second }) => second >= from && second < untilSecond);
  const usual = Math.max(0, ...before.map(({ value }) => value));
  const own = during.filter(({ second }) => second < nextSecond);
  const highest = Math.max(0, ...own.map(({ value }) => value));
  if (highest < Math.max(2 * usual, usual + leastGrowth)) return [];
  const peak = during.findIndex(({ value }) => value === highest);
  const drained = during.slice(peak).find(({ second, value }) => value <= usual && second >= endSecond);
  const back = drained === undefined ? {} : { backAfterSeconds: drained.second - endSecond };
  return [{ reading, kind: 'backlog', highest, ...back }];
}

function limitedIn(
  readings: readonly ReadingRow[],
  item: WatchedReading,
  interval: Interval,
): DrillReading[] {
  const { fromSecond, untilSecond } = interval;
  const during = readings.filter(
    ({ reading, second }) =>
      reading === item.reading && second >= Math.floor(fromSecond) && second < untilSecond,
  );
  if (during.length === 0) return [];
  const highest = Math.max(...during.map(({ value }) => value));
  const recovered = recoveredAt([item], interval);
  if (recovered === fromSecond) return [];
  const back = recovered === undefined ? {} : { backAfterSeconds: recovered - fromSecond };
  return [{ reading: item.reading, kind: 'objective', highest, ...back }];
}
