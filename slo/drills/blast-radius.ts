/** Who was broken × who suffered, held against what the catalog declares. */

import { badShareAtLeast, badShareAtMost, confidence } from '../statistics/binomial.ts';
import { fisherExact } from '../statistics/fisher-exact.ts';
import { refutationConfidence } from '../statistics/holm.ts';
import type { Answer } from '../types.ts';
import { relationOf } from './dependencies.ts';
import { recoveredAt } from './recovery.ts';
import type { DrillContext, EffectiveDrill } from './scope.ts';
import { type Counted, countedBetween, isBad, type Watched } from './seconds.ts';
import type { BlastCell, BlastRow, DrillOutcome, Fared, Relation } from './types.ts';

/** The only place of these limits; docs/drills.md tells them. */
export const blastRule = {
  /** Fewer bad seconds than these are a service that protects itself: a breaker has to see failures to open. */
  leastBadSeconds: 3,
  /** Bad for a smaller share of the seconds that had traffic, it was not taken down either. */
  leastBadSecondsShare: 1 / 3,
  /** A service held if at most this share of its requests can have failed, at 95 %: eight clean requests show it. */
  largestUnseenShare: 1 / 3,
} as const;

/** One drill with the window in which others could suffer from it. */
export interface Blast {
  readonly drill: EffectiveDrill;
  readonly outcome: DrillOutcome;
  readonly fromSecond: number;
  readonly toSecond: number;
}

/** What one objective saw of a service in a drill's window. */
interface Sight extends Counted {
  readonly watched: Watched;
  readonly badSeconds: number;
  readonly filledSeconds: number;
}

interface Pair {
  readonly blast: Blast;
  readonly service: string;
  readonly relation: Relation;
  readonly sights: readonly Sight[];
  /** Another drill of the same time may have taken it down. */
  readonly isOthersToo: boolean;
}

/**
 * A row for each drill, a cell for each service. A service was broken if one of its objectives is refuted in the
 * window (Clopper–Pearson, all cells together 95 % sure by Holm), is worse than outside of drills (Fisher, 1 %), and
 * was bad for long enough to be no mere protection.
 */
export function blastRows(blasts: readonly Blast[], context: DrillContext): BlastRow[] {
  const services = Object.keys(context.catalog);
  const pairs = blasts.map((blast) => services.map((service) => pairOf(blast, service, blasts, context)));
  const samples = pairs.flat().flatMap(({ sights, relation }) =>
    relation === 'self'
      ? []
      : sights
          .filter(({ total }) => total > 0)
          .map(({ watched, total, bad }) => ({
            total,
            bad,
            target: watched.objective.target,
          })),
  );
  const level = refutationConfidence(samples, confidence);
  return blasts.map((blast, index) => ({
    drill: blast.outcome.id,
    broken: blast.outcome.service,
    cells: (pairs[index] ?? []).map((pair) => cellOf(pair, level, blasts)),
  }));
}

function pairOf(
  blast: Blast,
  service: string,
  blasts: readonly Blast[],
  { catalog, watch }: DrillContext,
): Pair {
  const { fromSecond, toSecond, outcome } = blast;
  const sights = watch.ofService(service).map((watched): Sight => {
    let [badSeconds, filledSeconds] = [0, 0];
    for (let second = fromSecond; second < toSecond; second += 1) {
      const counted = countedBetween(watched, second, second + 1);
      if (counted.total > 0) filledSeconds += 1;
      if (isBad(counted, watched.objective.target)) badSeconds += 1;
    }
    return { watched, badSeconds, filledSeconds, ...countedBetween(watched, fromSecond, toSecond) };
  });
  const isOthersToo = blasts.some(
    (other) =>
      other !== blast &&
      other.fromSecond < toSecond &&
      fromSecond < other.toSecond &&
      other.drill.mayFail.has(service),
  );
  return { blast, service, relation: relationOf(catalog, outcome.service, service), sights, isOthersToo };
}

function cellOf(
  { blast, service, relation, sights, isOthersToo }: Pair,
  level: number,
  blasts: readonly Blast[],
): BlastCell {
  const seen = sights.filter(({ total }) => total > 0);
  const fared = seen.map((sight) => ({ sight, fared: faredIn(sight, level, blasts) }));
  const worst = (['broken', 'degraded', 'held', 'unknown'] as const)
    .flatMap((kind) => fared.filter((item) => item.fared === kind))
    .at(0);
  const { fared: howItFared, sight } = worst ?? { fared: 'unknown' as const, sight: undefined };
  const hasSuffered = howItFared === 'broken' || howItFared === 'degraded';
  const recovered = hasSuffered
    ? recoveredAt(
        sights.map(({ watched }) => watched),
        blast.drill,
      )
    : undefined;
  return {
    service,
    relation,
    fared: howItFared,
    // What another fault explains is not held against this one.
    answer: isOthersToo ? 'pass' : answerOf(relation, howItFared),
    total: sight?.total ?? 0,
    bad: sight?.bad ?? 0,
    badSeconds: sight?.badSeconds ?? 0,
    ...(sight === undefined ? {} : { objectiveId: sight.watched.objective.id }),
    ...(recovered === undefined ? {} : { recoverSeconds: recovered - blast.drill.fromSecond }),
  };
}

function answerOf(relation: Relation, fared: Fared): Answer {
  if (relation === 'self' || relation === 'needs' || relation === 'may-fail') return 'pass';
  if (fared === 'broken') return 'fail';
  return fared === 'unknown' ? 'inconclusive' : 'pass';
}

function faredIn(sight: Sight, level: number, blasts: readonly Blast[]): Fared {
  const { watched, total, bad, badSeconds, filledSeconds } = sight;
  const isRefuted = 1 - badShareAtLeast(bad, total, level) < watched.objective.target;
  const isLong =
    badSeconds >= blastRule.leastBadSeconds && badSeconds >= blastRule.leastBadSecondsShare * filledSeconds;
  if (isRefuted && isLong && isWorseThanUndisturbed(sight, blasts)) return 'broken';
  if (badShareAtMost(bad, total) > blastRule.largestUnseenShare)
    return bad > 0 && badSeconds > 0 ? 'degraded' : 'unknown';
  return bad > 0 ? 'degraded' : 'held';
}

/** A service that fails all day is not the fault's doing; its own objectives tell of it. */
function isWorseThanUndisturbed({ watched, total, bad }: Sight, blasts: readonly Blast[]): boolean {
  let undisturbed: Counted = { total: 0, bad: 0 };
  let from = watched.from;
  for (const { fromSecond, toSecond } of [...blasts].sort((a, b) => a.fromSecond - b.fromSecond)) {
    undisturbed = sum(undisturbed, countedBetween(watched, from, fromSecond));
    from = Math.max(from, toSecond);
  }
  undisturbed = sum(undisturbed, countedBetween(watched, from, watched.from + watched.total.length));
  return undisturbed.total === 0 || fisherExact({ total, bad }, undisturbed).pGreater < 0.01;
}

function sum(a: Counted, b: Counted): Counted {
  return { total: a.total + b.total, bad: a.bad + b.bad };
}
