/** A change that shall cost nothing, made several times with calm between: with it against without it. */
import { fisherExact } from '../statistics/fisher-exact.ts';
import type { ShareCounts } from '../statistics/share-bounds.ts';
import { countedBetween, type Watched } from './seconds.ts';
import type { AlternatedChange, DrillOutcome, WithAndWithout } from './types.ts';

/** A change whose p is below this costs more than none; docs/drills.md tells it. */
export const significance = 0.01;

/** Seconds `from` up to `to` beside the calm ones from `calmFrom` up to them. */
export function besideCalm(
  watched: readonly Watched[],
  calmFrom: number,
  from: number,
  to: number,
): WithAndWithout[] {
  return watched
    .map((item) => ({
      objectiveId: item.objective.id,
      during: countedBetween(item, from, to),
      calm: countedBetween(item, calmFrom, from),
    }))
    .filter(({ during, calm }) => during.total > 0 && calm.total > 0);
}

/**
 * One for each kind of change and service that took effect more than once: the objective that was worse most surely.
 * Blocks of one load that alternate share what the machine does meanwhile; blocks of two runs do not.
 */
export function alternatedChanges(drills: readonly DrillOutcome[]): AlternatedChange[] {
  const changes = drills.filter(({ beside }) => beside !== undefined);
  const isSame = (a: DrillOutcome, b: DrillOutcome) => a.fault === b.fault && a.service === b.service;
  const firsts = changes.filter((drill, at) => changes.findIndex((other) => isSame(other, drill)) === at);
  return firsts.flatMap((first) => {
    const group = changes.filter((drill) => isSame(drill, first));
    if (group.length < 2) return [];
    const pooled = pool(group.flatMap(({ beside = [] }) => beside));
    const worst = pooled
      .map((item) => ({
        ...item,
        p: Math.min(1, fisherExact(item.during, item.calm).pGreater * pooled.length),
      }))
      .sort((a, b) => a.p - b.p || b.during.total - a.during.total)
      .at(0);
    return worst ? [{ fault: first.fault, service: first.service, times: group.length, ...worst }] : [];
  });
}

function pool(blocks: readonly WithAndWithout[]): WithAndWithout[] {
  const sum = (counts: readonly ShareCounts[]): ShareCounts => ({
    total: counts.reduce((total, count) => total + count.total, 0),
    bad: counts.reduce((bad, count) => bad + count.bad, 0),
  });
  return [...new Set(blocks.map(({ objectiveId }) => objectiveId))].map((objectiveId) => {
    const own = blocks.filter((block) => block.objectiveId === objectiveId);
    return {
      objectiveId,
      during: sum(own.map(({ during }) => during)),
      calm: sum(own.map(({ calm }) => calm)),
    };
  });
}
