/** When a service was itself again. */
import { countedBetween, firstBad, isBad, standingAt, type Watched } from './seconds.ts';

/** The only place of these limits; docs/drills.md tells them. */
export const recoveryRule = {
  /** Seconds with traffic that must be good one after the other. */
  goodSeconds: 5,
  /** Events that these (and as many seconds more as it takes) must hold. */
  leastEvents: 10,
} as const;

export interface Interval {
  /** Fault's beginning. */
  readonly fromSecond: number;
  /** Fault's end: recovered before it counts only if it stays so up to it. */
  readonly endSecond: number;
  /** End of what can be seen of this fault, exclusive. */
  readonly untilSecond: number;
}

/**
 * The second in which a run of good seconds begins that reaches beyond the fault's end: at least five with traffic,
 * with ten events together that keep every target too. The fault's own beginning if no second was bad at all.
 * Undefined if there is no such run. Within the last bad second the moment is read off its bad share (see `endOf`).
 */
export function recoveredAt(watched: readonly Watched[], interval: Interval): number | undefined {
  const { fromSecond, untilSecond } = interval;
  const from = Math.floor(fromSecond);
  for (let start = from; start < untilSecond; ) {
    const bad = firstBad(watched, start, untilSecond) ?? untilSecond;
    const good = firstGoodRun(watched, start, bad, interval.endSecond);
    if (good !== undefined) {
      // Silent seconds at the very beginning are no outage.
      return start === from ? fromSecond : Math.max(fromSecond, endOf(watched, from, good));
    }
    start = bad + 1;
  }
  return undefined;
}

/** Among seconds without a bad one, the first that begins a long enough run which keeps every target as a whole. */
function firstGoodRun(
  watched: readonly Watched[],
  start: number,
  bad: number,
  endSecond: number,
): number | undefined {
  for (let second = start; second < bad; second += 1) {
    if (standingAt(watched, second) !== 'good') continue;
    const end = endOfRun(watched, second, bad, endSecond);
    if (end === undefined) return undefined;
    if (watched.every((item) => !isBad(countedBetween(item, second, end), item.objective.target)))
      return second;
  }
  return undefined;
}

/** Where a run of good seconds has become long enough and reaches beyond the fault; undefined if a bad one comes before. */
function endOfRun(
  watched: readonly Watched[],
  start: number,
  bad: number,
  endSecond: number,
): number | undefined {
  let filled = 0;
  const events = watched.map(() => 0);
  for (let second = start; second < bad; second += 1) {
    watched.forEach((item, index) => {
      events[index] = (events[index] ?? 0) + countedBetween(item, second, second + 1).total;
    });
    if (standingAt(watched, second) === 'good') filled += 1;
    const isEnough = filled >= recoveryRule.goodSeconds && Math.max(...events) >= recoveryRule.leastEvents;
    if (isEnough && second + 1 >= endSecond) return second + 1;
  }
  return undefined;
}

/**
 * Where in the last bad second it ended: with even arrivals, a service that failed wholly for the first third of a
 * second failed a third of its requests. Measured against the worst second before, as faults need not fail everything.
 */
function endOf(watched: readonly Watched[], from: number, firstGood: number): number {
  let last = firstGood - 1;
  while (last >= from && standingAt(watched, last) !== 'bad') last -= 1;
  if (last < from || last < firstGood - 1) return firstGood;
  const parts = watched.map((item) => {
    let worst = 0;
    for (let second = from; second <= last; second += 1) worst = Math.max(worst, badShareAt(item, second));
    return worst === 0 ? 0 : badShareAt(item, last) / worst;
  });
  return last + Math.max(...parts);
}

function badShareAt(watched: Watched, second: number): number {
  const { total, bad } = countedBetween(watched, second, second + 1);
  return total === 0 ? 0 : bad / total;
}
