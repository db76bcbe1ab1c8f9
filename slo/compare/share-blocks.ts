/** Bad events in each block: of a service as a whole, and of each objective that counts requests or journeys. */
import type { LoadPlan } from '../../profiles/types.ts';
import type { Measurements, Outcome, SecondCounts } from '../measurements.ts';
import { standingOf } from '../measures/outcome.ts';
import { totalBetween } from '../series.ts';
import type { Objective, Sli } from '../types.ts';
import type { Block } from './blocks.ts';

/** Counts of a block. */
export interface BlockCounts {
  total: number;
  bad: number;
}

/** A service's bad events: broken contracts and stand-ins that answered for it. */
export function serviceCounts(
  { requests }: Pick<Measurements, 'requests'>,
  blocks: readonly Block[],
  service: string,
): BlockCounts[] {
  const isBad = (outcome: Outcome) => outcome === 'error' || outcome === 'fallback';
  return countBlocks(
    blocks,
    requests.filter((series) => series.service === service),
    isBad,
  );
}

/** Objectives that have events in blocks; the others are compared by nobody. */
export type CountedSli = Extract<Sli, { measure: 'requests' | 'journeys' }>;

export function isCounted(objective: Objective): objective is Objective & { readonly sli: CountedSli } {
  return objective.sli.measure === 'requests' || objective.sli.measure === 'journeys';
}

/** Bad events of an objective. What may be good or bad, for lack of a limit at the source, counts as good. */
export function objectiveCounts(
  { requests, journeys }: Measurements,
  plan: LoadPlan,
  blocks: readonly Block[],
  sli: CountedSli,
): BlockCounts[] {
  if (sli.measure === 'journeys') {
    const limits = plan.journeyLimitsMs[sli.journey] ?? [];
    return countBlocks(
      blocks,
      journeys.filter(({ journey }) => journey === sli.journey),
      (outcome) => standingOf(outcome, sli.underMs, limits) === 'bad',
    );
  }
  const routes = new Set(sli.routes);
  return countBlocks(
    blocks,
    requests.filter(({ route }) => routes.has(route)),
    (outcome, { route }) =>
      (outcome === 'fallback' && sli.service !== undefined) ||
      standingOf(outcome, sli.underMs, plan.limitsMs[route] ?? []) === 'bad',
  );
}

function countBlocks<Series extends SecondCounts & { readonly outcome: Outcome }>(
  blocks: readonly Block[],
  columns: readonly Series[],
  isBad: (outcome: Outcome, series: Series) => boolean,
): BlockCounts[] {
  const counted = blocks.map((): BlockCounts => ({ total: 0, bad: 0 }));
  for (const series of columns) {
    const bad = isBad(series.outcome, series);
    for (const [index, { fromSecond, toSecond }] of blocks.entries()) {
      const count = totalBetween(series, fromSecond, toSecond);
      const into = counted[index];
      if (count === 0 || into === undefined) continue;
      into.total += count;
      if (bad) into.bad += count;
    }
  }
  return counted;
}
