/** Bursts of failures, and how long they are beyond what chance alone would put together. */
import type { FilledSlices } from './slices.ts';

/** Clean slices between two failures that do not part a burst. */
const bridgedSlices = 1;

/** Above this share of bad slices, bursts run into each other and cannot be told apart. */
const tellableShare = 0.1;

/**
 * Number of bursts: a burst is a group of failures in which no two neighbours have more than one clean slice
 * between them. A lone failure is a burst of one, and so are many failures within one second.
 */
export function countBursts({ bad }: FilledSlices): number {
  let bursts = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < bad.length; t += 1) {
    if (bad[t] === 0) continue;
    if (t - last > bridgedSlices + 1) bursts += 1;
    last = t;
  }
  return bursts;
}

/**
 * Mean number of failures that came together, at least 1: failures a burst, over what failures would be a burst
 * if they were independent and left as many slices clean. 1 where over a tenth of the slices is bad: there,
 * only correlation in time tells dependence.
 */
export function meanBurstLength(slices: FilledSlices, bursts: number): number {
  const badSlices = slices.bad.reduce((sum, bad) => (bad > 0 ? sum + 1 : sum), 0);
  if (badSlices === 0 || badSlices > tellableShare * slices.bad.length) return 1;
  const rate = independentRate(slices, badSlices);
  const failuresByChance = rate * slices.totalSum;
  return Math.max(1, slices.badSum / failuresByChance / (bursts / burstsByChance(slices, rate)));
}

/** Rate of independent failures an event that leaves this many slices bad on average: two steps of Newton's. */
function independentRate({ total, totalSum }: FilledSlices, badSlices: number): number {
  let rate = badSlices / totalSum / (1 - badSlices / total.length / 2);
  for (let step = 0; step < 2; step += 1) {
    const cleanShare = cleanShareAt(rate);
    let expected = 0;
    let slope = 0;
    for (const events of total) {
      const clean = cleanShare(events);
      expected += 1 - clean;
      slope += events * clean;
    }
    rate += (badSlices - expected) / slope;
  }
  return rate;
}

function burstsByChance({ total }: FilledSlices, rate: number): number {
  const cleanShare = cleanShareAt(rate);
  let bursts = 0;
  let cleanBefore = 1;
  let cleanBeforeThat = 1;
  for (const events of total) {
    const clean = cleanShare(events);
    bursts += (1 - clean) * cleanBefore * cleanBeforeThat;
    cleanBeforeThat = cleanBefore;
    cleanBefore = clean;
  }
  return bursts;
}

/**
 * Probability that a slice of so many independent events has no failure, e^(−rate × events). Remembered for small
 * whole numbers, as most slices hold few events and there may be 86,400 of them.
 */
function cleanShareAt(rate: number): (events: number) => number {
  const known = new Float64Array(256);
  return (events) => {
    const share = known[events] || Math.exp(-rate * events);
    known[events] = share;
    return share;
  };
}
