/** The registry: a new measure is one file, one member of `Sli` and one row. */
import type { PlainSli, Sli } from '../types.ts';
import { compositeOver } from './composite.ts';
import { drills } from './drills.ts';
import { journeys } from './journeys.ts';
import type { Measure } from './measure.ts';
import { objectives } from './objectives.ts';
import { pageLoad } from './page-load.ts';
import { probes } from './probes.ts';
import { readings } from './readings.ts';
import { requests } from './requests.ts';
import { series } from './series.ts';
import { sessions } from './sessions.ts';
import { vitals } from './vitals.ts';

const measures: { readonly [M in Sli['measure']]: Measure<Extract<Sli, { measure: M }>> } = {
  requests,
  journeys,
  probes,
  readings,
  series,
  vitals,
  sessions,
  'page-load': pageLoad,
  objectives,
  drills,
  composite: compositeOver((sli: PlainSli) => measureOf(sli)),
};

/** The measure of an objective; the registry's type guarantees that they match. */
export function measureOf(sli: Sli): Measure<Sli> {
  return measures[sli.measure] as Measure<Sli>;
}
