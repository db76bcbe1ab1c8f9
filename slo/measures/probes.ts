/** Uptime by time: one probe a second on its own connection, so an outage shows also where no traffic went. */
import { probeStates } from '../measurements.ts';
import { sampleReason } from '../sentences.ts';
import { classesOf } from '../tally.ts';
import type { Sli } from '../types.ts';
import { emptySlices, type Measure, sumCounts } from './measure.ts';

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
  slices(sli, phases, { plan, tally }) {
    const slices = emptySlices(plan);
    const states = tally.series.probes.find(({ service }) => service === sli.service)?.states ?? [];
    for (const { startSecond, endSecond } of phases) {
      const end = Math.min(states.length, slices.total.length, Math.ceil(endSecond));
      for (let second = Math.ceil(startSecond); second < end; second++) {
        if (states[second] === probeStates.none) continue;
        slices.total[second] = 1;
        if (states[second] === probeStates.bad) slices.bad[second] = 1;
      }
    }
    return slices;
  },
  expected: (_sli, phases) =>
    phases.reduce((sum, phase) => sum + Math.floor(phase.endSecond - phase.startSecond), 0),
  reason: (judged) => sampleReason(judged, { events: 'one-second probes', bad: 'failure', bads: 'failures' }),
};
