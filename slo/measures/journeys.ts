/** Good journeys among all that began: every step right, and the sum of response times in time where promised. */
import { iterationsBetween } from '../../profiles/arrival.ts';
import type { Phase } from '../../profiles/types.ts';
import { sampleReason } from '../sentences.ts';
import { classesOf } from '../tally.ts';
import type { Sli } from '../types.ts';
import {
  addDrops,
  addSlices,
  type Context,
  type Counts,
  droppedOf,
  emptySlices,
  type Measure,
  namesOf,
  sumCounts,
} from './measure.ts';
import { narrow } from './narrow.ts';
import { standingOf } from './outcome.ts';

type JourneySli = Sli & { measure: 'journeys' };

export const journeys: Measure<JourneySli> = {
  events: 'journeys',
  isCensus: () => false,
  count: (sli, phases, context) =>
    sumCounts([
      ...phases.map((phase) => countPhase(sli, phase, context)),
      droppedOf(context.tally, phases, [{ name: sli.journey }]),
    ]),
  slices(sli, phases, context) {
    const slices = emptySlices(phases);
    const inPhases = namesOf(phases);
    const limitsMs = context.plan.journeyLimitsMs[sli.journey] ?? [];
    for (const series of context.tally.series.journeys) {
      if (!inPhases.has(series.phase) || series.journey !== sli.journey) continue;
      addSlices(slices, series, standingOf(series.outcome, sli.underMs, limitsMs));
    }
    addDrops(slices, context, phases, [{ name: sli.journey }]);
    return slices;
  },
  expected: (sli, phases, plan) =>
    plan.scenarios
      .filter((scenario) => scenario.name === sli.journey)
      .flatMap(({ arrival }) =>
        phases.map((phase) => iterationsBetween(arrival, phase.startSecond, phase.endSecond)),
      )
      .reduce((sum, iterations) => sum + iterations, 0),
  reason: (judged) =>
    sampleReason(judged, {
      events: 'journeys',
      bad: judged.sli.underMs === undefined ? 'failure' : `failure or one over ${judged.sli.underMs} ms`,
      bads: judged.sli.underMs === undefined ? 'failures' : `failures or ones over ${judged.sli.underMs} ms`,
    }),
};

function countPhase({ journey, underMs }: JourneySli, phase: Phase, { plan, tally }: Context): Counts {
  const counts = { total: 0, bad: 0, dropped: 0, uncertain: 0 };
  for (const [outcome, count] of classesOf(tally.journeys, phase.name, journey)) {
    const standing = standingOf(outcome, underMs, plan.journeyLimitsMs[journey] ?? []);
    counts.total += count;
    if (standing !== 'good') counts[standing] += count;
  }
  if (counts.uncertain === 0 || underMs === undefined) return counts;
  const failed = classesOf(tally.journeys, phase.name, journey).get('error') ?? 0;
  const latencies = tally.latencyByJourney.find((row) => row.journey === journey && row.phase === phase.name);
  return narrow(counts, failed, underMs, latencies?.histogram);
}
