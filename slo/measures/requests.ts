/** Good requests among all: right, and in time where a limit is promised. */
import { expectedRequests } from '../../profiles/arrival.ts';
import type { LoadPlan, Phase } from '../../profiles/types.ts';
import type { RouteKey } from '../../scenarios/model.ts';
import type { Outcome } from '../measurements.ts';
import { sampleReason } from '../sentences.ts';
import { classesOf, type Tally } from '../tally.ts';
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
import { type Standing, standingOf } from './outcome.ts';

type RequestSli = Sli & { measure: 'requests' };

export const requests: Measure<RequestSli> = {
  events: 'requests',
  isCensus: () => false,
  count(sli, phases, context) {
    const answered = phases.flatMap((phase) =>
      sli.routes.map((route) => countRoute(sli, route, phase, context)),
    );
    return sumCounts([...answered, droppedOf(context.tally, phases, onPath(sli, context.plan))]);
  },
  slices(sli, phases, context) {
    const slices = emptySlices(phases);
    const inPhases = namesOf(phases);
    for (const route of new Set(sli.routes)) {
      for (const series of context.tally.requestSeries.get(route) ?? []) {
        if (!inPhases.has(series.phase)) continue;
        addSlices(slices, series, standingFor(sli, route, series.outcome, context.plan));
      }
    }
    addDrops(slices, context, phases, onPath(sli, context.plan));
    return slices;
  },
  expected(sli, phases, plan) {
    const names = new Set(phases.map((phase) => phase.name));
    const routes = new Set(sli.routes);
    return expectedRequests(plan)
      .filter((row) => names.has(row.phase) && routes.has(row.route))
      .reduce((sum, row) => sum + row.count, 0);
  },
  reason: (judged) =>
    sampleReason(judged, {
      events: 'requests',
      bad: judged.sli.underMs === undefined ? 'failure' : `failure or answer over ${judged.sli.underMs} ms`,
      bads:
        judged.sli.underMs === undefined ? 'failures' : `failures or answers over ${judged.sli.underMs} ms`,
    }),
};

function onPath(sli: RequestSli, plan: LoadPlan): LoadPlan['scenarios'] {
  return plan.scenarios.filter((scenario) =>
    sli.routes.some((route) => route in scenario.requestsPerIteration),
  );
}

/** A stand-in's answer is good for the caller, hence for the system, and bad for the service it stood in for. */
function isMissing(sli: RequestSli, outcome: Outcome): boolean {
  return outcome === 'fallback' && sli.service !== undefined;
}

function standingFor(sli: RequestSli, route: RouteKey, outcome: Outcome, plan: LoadPlan): Standing {
  return isMissing(sli, outcome) ? 'bad' : standingOf(outcome, sli.underMs, plan.limitsMs[route] ?? []);
}

function countRoute(sli: RequestSli, route: RouteKey, phase: Phase, { plan, tally }: Context): Counts {
  const counts = { total: 0, bad: 0, dropped: 0, uncertain: 0 };
  let failed = 0;
  for (const [outcome, count] of classesOf(tally.requests, phase.name, route)) {
    const standing = standingFor(sli, route, outcome, plan);
    counts.total += count;
    if (standing !== 'good') counts[standing] += count;
    if (outcome === 'error' || isMissing(sli, outcome)) failed += count;
  }
  return counts.uncertain > 0 && sli.underMs !== undefined
    ? narrow(counts, failed, sli.underMs, histogramOf(tally, route, phase))
    : counts;
}

function histogramOf(tally: Tally, route: RouteKey, phase: Phase) {
  return tally.latencyByRoute.find((row) => row.route === route && row.phase === phase.name)?.histogram;
}
