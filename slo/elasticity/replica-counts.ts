/** Replicas second by second, also where a reading is missing. */
import type { ReplicaSeries } from '../measurements.ts';

export class ReplicaCounts {
  readonly #columns: readonly Column[];

  constructor(series: readonly ReplicaSeries[]) {
    this.#columns = series
      .filter(({ counts }) => counts.some((count) => count !== null))
      .map(({ counts }) => columnOf(counts));
  }

  get isEmpty(): boolean {
    return this.#columns.length === 0;
  }

  /** Of all services together; a second without a reading has that of the second before. */
  totalAt(second: number): number {
    return this.#columns.reduce((sum, { filled }) => sum + at(filled, second), 0);
  }

  /** Sum over services of the most that each had in some seconds beyond what it had in the last of them. */
  overshoot(fromSecond: number, toSecond: number): number {
    return this.#columns.reduce((sum, { filled }) => {
      const settled = at(filled, toSecond - 1);
      let most = settled;
      for (let second = fromSecond; second < toSecond; second += 1) most = Math.max(most, at(filled, second));
      return sum + most - settled;
    }, 0);
  }

  /** The last second in which any service had another number than in the second before. */
  lastChange(fromSecond: number, toSecond: number): number | undefined {
    for (let second = toSecond - 1; second >= Math.max(1, fromSecond); second -= 1) {
      if (this.#columns.some(({ filled }) => at(filled, second) !== at(filled, second - 1))) return second;
    }
    return undefined;
  }

  /** Replica-seconds between two seconds, as little and as much as the missing readings leave open. */
  between(fromSecond: number, toSecond: number): { readonly least: number; readonly most: number } {
    let [least, most] = [0, 0];
    for (const column of this.#columns) {
      for (let second = fromSecond; second < toSecond; second += 1) {
        least += at(column.least, second);
        most += at(column.most, second);
      }
    }
    return { least, most };
  }
}

interface Column {
  readonly filled: readonly number[];
  readonly least: readonly number[];
  readonly most: readonly number[];
}

function at(column: readonly number[], second: number): number {
  return column[Math.min(second, column.length - 1)] ?? 0;
}

/** A missing reading lies between the one before and the one after it; at the ends there is only one. */
function columnOf(counts: readonly (number | null)[]): Column {
  const before = carried(counts);
  const after = carried([...counts].reverse()).reverse();
  const pairs = counts.map((_, second) => {
    const [left, right] = [before[second], after[second]];
    return [left ?? right ?? 0, right ?? left ?? 0] as const;
  });
  return {
    filled: pairs.map(([left]) => left),
    least: pairs.map((pair) => Math.min(...pair)),
    most: pairs.map((pair) => Math.max(...pair)),
  };
}

/** Each gap takes the value before it. */
function carried(counts: readonly (number | null)[]): (number | undefined)[] {
  let last: number | undefined;
  return counts.map((count) => {
    last = count ?? last;
    return last;
  });
}
