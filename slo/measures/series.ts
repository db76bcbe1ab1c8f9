/** What a metrics backend counted. */
import { sampleReason } from '../sentences.ts';
import type { Sli } from '../types.ts';
import { emptySlices, type Measure } from './measure.ts';

export const series: Measure<Sli & { measure: 'series' }> = {
  events: 'events of the backend',
  isCensus: () => false,
  // Nothing asks a backend yet, so there is no data: inconclusive, never a pass.
  count: () => ({ total: 0, bad: 0, dropped: 0, uncertain: 0 }),
  slices: (_sli, phases) => emptySlices(phases),
  expected: () => undefined,
  reason: (judged) => sampleReason(judged, { events: 'events', bad: 'bad event', bads: 'bad events' }),
};
