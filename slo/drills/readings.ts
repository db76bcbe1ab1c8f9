/** Backlogs and the age of data: what is not over when requests are answered again. */
import type { Measurements, ReadingRow } from '../measurements.ts';
import { type Interval, recoveredAt } from './recovery.ts';
import type { WatchedReading } from './seconds.ts';
import type { DrillReading } from './types.ts';

/** Readings named so are queues: `event-bus-backlog`. */
const backlogSuffix = '-backlog';
/** Seconds before a fault in which the usual level of a backlog is seen. */
const lookbackSeconds = 10;

/** Every backlog, and every reading that an objective limits and that went over its limit. */
export function readingsIn(
  { readings }: Measurements,
  watched: readonly WatchedReading[],
  interval: Interval,
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

/**
 * From the fault's end to the first reading at or below the highest of the ten seconds before the fault, after which
 * none of the drill is above it. A backlog that never rose is not told.
 */
function backlogIn(rows: readonly ReadingRow[], reading: string, interval: Interval): DrillReading[] {
  const { fromSecond, endSecond, untilSecond } = interval;
  const before = rows.filter(
    ({ second }) => second < Math.floor(fromSecond) && second >= Math.floor(fromSecond) - lookbackSeconds,
  );
  const during = rows.filter(({ second }) => second >= Math.floor(fromSecond) && second < untilSecond);
  const usual = Math.max(0, ...before.map(({ value }) => value));
  const highest = Math.max(0, ...during.map(({ value }) => value));
  if (highest <= usual) return [];
  const lastAbove = during.findLastIndex(({ value }) => value > usual);
  const drained = during[lastAbove + 1];
  const back = drained === undefined ? {} : { backAfterSeconds: Math.max(0, drained.second - endSecond) };
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
