/** Uptime by time: one probe a second on its own connection, so an outage shows also where no traffic went. */
import { sampleReason } from '../sentences.ts';
import { classesOf } from '../tally.ts';
import type { Sli } from '../types.ts';
import { type Measure, sumCounts } from './measure.ts';

export const probes: Measure<Sli & { measure: 'probes' }> = {
  events: 'probes',
  isCensus: () => false,
  count: (sli, phases, { tally }) =>
    sumCounts(
      phases.map((phase) => {
        const classes = classesOf(tally.probes, phase.name, sli.service);
        const bad = classes.get('bad') ?? 0;
        return { total: bad + (classes.get('good') ?? 0), bad, dropped: 0, uncertain: 0 };
      }),
    ),
  expected: (_sli, phases) =>
    phases.reduce((sum, phase) => sum + Math.floor(phase.endSecond - phase.startSecond), 0),
  reason: (judged) => sampleReason(judged, { events: 'one-second probes', bad: 'failure', bads: 'failures' }),
};
