/** Browser sessions: the share without a JavaScript error. */
import { sampleReason } from '../sentences.ts';
import type { Sli } from '../types.ts';
import { addSlices, emptySlices, type Measure, sumCounts } from './measure.ts';
import { absentBeacons, missingBeacons, rowsOf } from './page-views.ts';

export const sessions: Measure<Sli & { measure: 'sessions' }> = {
  events: 'sessions',
  isCensus: () => false,
  count: (sli, phases, { tally }) =>
    sumCounts(
      rowsOf(tally.pages?.sessions ?? [], sli, phases).map((row) => ({
        total: row.sessions,
        bad: row.withErrors,
        dropped: 0,
        uncertain: 0,
      })),
    ),
  slices(sli, phases, { tally }) {
    const slices = emptySlices(phases);
    for (const row of rowsOf(tally.pages?.sessions ?? [], sli, phases)) {
      addSlices(slices, { from: row.second, counts: [row.sessions - row.withErrors] }, 'good');
      addSlices(slices, { from: row.second, counts: [row.withErrors] }, 'bad');
    }
    return slices;
  },
  expected: () => undefined,
  missing: missingBeacons,
  absent: absentBeacons,
  reason: (judged) =>
    sampleReason(judged, {
      events: 'sessions',
      bad: 'session with a JavaScript error',
      bads: 'sessions with a JavaScript error',
    }),
};
