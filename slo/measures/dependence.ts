/** How the failures behind an objective hang together, so that bounds take them for the few events they may be. */
import type { Phase } from '../../profiles/types.ts';
import { type Dependence, dependenceOf } from '../statistics/dependence.ts';
import type { Slices } from '../statistics/slices.ts';
import type { Sli } from '../types.ts';
import type { Context, Counts, EventSlices, Measure } from './measure.ts';

/** Of certain failures, for a fail, and with the uncertain ones among them, for a pass. */
export interface EventDependence {
  readonly ofBad: Dependence;
  readonly ofDoubtful: Dependence;
}

/** Without a failure there is nothing that could hang together, whatever the order of the good events. */
export function eventDependence<S extends Sli>(
  measure: Measure<S>,
  sli: S,
  phases: readonly Phase[],
  counts: Counts,
  context: Context,
): EventDependence {
  if (counts.bad + counts.uncertain === 0) {
    const clean = { total: [counts.total], bad: [0] };
    return dependenceIn(counts, clean, clean, context);
  }
  const slices = measure.slices(sli, phases, context);
  const doubtful = counts.uncertain === 0 ? slices : withDoubts(slices, 'doubtful');
  return dependenceIn(counts, slices, doubtful, context);
}

export function dependenceIn(
  { uncertain }: Counts,
  bad: Slices,
  doubtful: Slices,
  { assumedDesignEffect }: Context,
): EventDependence {
  const ofBad = dependenceOf(bad, { assumedDesignEffect });
  return { ofBad, ofDoubtful: uncertain === 0 ? ofBad : dependenceOf(doubtful, { assumedDesignEffect }) };
}

export type Certainty = 'bad' | 'doubtful';

/** What may be bad counts as bad if `doubtful` events do, and as good otherwise. */
export function withDoubts({ total, bad, uncertain }: EventSlices, certainty: Certainty): Slices {
  if (certainty === 'bad') return { total, bad };
  return { total, bad: bad.map((count, index) => count + (uncertain[index] ?? 0)) };
}
