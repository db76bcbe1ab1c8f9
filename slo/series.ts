/** Sums over columns of counts (`SecondCounts`). */
import type { SecondCounts } from './measurements.ts';

/** All that was counted. */
export function totalOf({ counts }: SecondCounts): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  return total;
}

/** What was counted in seconds `fromSecond` up to, but not including, `toSecond`. */
export function totalBetween({ from, counts }: SecondCounts, fromSecond: number, toSecond: number): number {
  let total = 0;
  const end = Math.min(counts.length, Math.ceil(toSecond) - from);
  for (let i = Math.max(0, Math.ceil(fromSecond) - from); i < end; i++) total += counts[i] as number;
  return total;
}

/**
 * Adds a series to a column that begins at `firstSecond`. Phases are tagged where requests are sent and seconds
 * where they are counted, so that some may lie just outside: they go into the column's first or last second.
 */
export function addTo(column: Float64Array, firstSecond: number, { from, counts }: SecondCounts): void {
  const last = column.length - 1;
  if (last < 0) return;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (count === 0) continue;
    const index = Math.min(Math.max(from + i - firstSecond, 0), last);
    column[index] = (column[index] as number) + count;
  }
}
