/** Events of a run in one-second slices: what is left of the order in which failures came. */

/** Index is the second, in time order; `total[i]` events, `bad[i]` of them bad. */
export interface Slices {
  readonly total: ArrayLike<number>;
  readonly bad: ArrayLike<number>;
}

/** Slices without the seconds that saw no event: those say nothing, and do not part a burst. */
export interface FilledSlices {
  readonly total: Float64Array;
  readonly bad: Float64Array;
  readonly totalSum: number;
  readonly badSum: number;
}

export function filledSlices({ total, bad }: Slices): FilledSlices {
  const filled = { total: new Float64Array(total.length), bad: new Float64Array(total.length) };
  let length = 0;
  let totalSum = 0;
  let badSum = 0;
  for (let second = 0; second < total.length; second += 1) {
    const events = total[second] ?? 0;
    if (events <= 0) continue;
    filled.total[length] = events;
    filled.bad[length] = bad[second] ?? 0;
    totalSum += events;
    badSum += bad[second] ?? 0;
    length += 1;
  }
  return {
    total: filled.total.subarray(0, length),
    bad: filled.bad.subarray(0, length),
    totalSum,
    badSum,
  };
}
