import { type DrillSpec, oneAfterAnother } from './drills.ts';
import type { Profile } from './types.ts';

/** What it looks like at peak while nothing is broken: the measure of every drill. */
const calmSeconds = 15;

/** Drills at peak, one after the other, each with time to recover. */
export function recovery(drills: readonly DrillSpec[]): Profile {
  const warmUpSeconds = 5;
  const riseSeconds = 5;
  const peakFrom = warmUpSeconds + riseSeconds;
  const { faults, endSecond } = oneAfterAnother(drills, peakFrom + calmSeconds);
  return {
    name: 'recovery',
    description: `${drills.length} drills at the 10x peak, each with time to recover; ${endSecond} seconds`,
    phases: [
      { name: 'warmup', kind: 'hold', seconds: warmUpSeconds, multiplier: 1 },
      { name: 'rise', kind: 'ramp', seconds: riseSeconds, multiplier: 10 },
      { name: 'peak', kind: 'hold', seconds: endSecond - peakFrom, multiplier: 10 },
    ],
    faults,
    // A fault takes some of the requests for some seconds; most of them for so long is no drill any more.
    abort: { errorShare: { above: 0.8, overSeconds: 20 } },
  };
}
