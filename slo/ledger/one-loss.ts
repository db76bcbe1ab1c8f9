/** Losses on both sides of the line between two faults that are one. */
import type { LedgerExample, LedgerSpan, SecondSpan } from './result.ts';

/** A span with what is needed to know whether something survived between two losses. */
export interface SurvivedSpan extends LedgerSpan {
  /** Acknowledged, and there. */
  readonly present?: SecondSpan;
}

/**
 * What went at one blow leaves nothing that survived in between: where the last acknowledgements before the line and
 * the first ones after it are all lost, they are one loss, and the later fault's. How far a loss reaches back does not
 * depend on when something else was broken.
 * @param spans in the order of their times.
 */
export function joinLosses(spans: readonly SurvivedSpan[]): LedgerSpan[] {
  const joined = [...spans];
  for (let index = 1; index < joined.length; index += 1) {
    const [before, after] = [joined[index - 1], joined[index]];
    if (before && after && isOneLoss(before, after)) {
      joined[index - 1] = withoutLoss(before);
      joined[index] = withLossOf(after, before);
    }
  }
  return joined.map(({ present, ...span }) => span);
}

function isOneLoss(before: SurvivedSpan, after: SurvivedSpan): boolean {
  if (before.lost === undefined || after.lost === undefined) return false;
  const lastSurvivor = before.present?.lastSecond ?? Number.NEGATIVE_INFINITY;
  const nextSurvivor = after.present?.firstSecond ?? Number.POSITIVE_INFINITY;
  return lastSurvivor < before.lost.firstSecond && nextSurvivor > after.lost.firstSecond;
}

const tellsLoss = ({ as }: LedgerExample): boolean => as === 'lost' || as === 'altered';

function withoutLoss({ lost, ...span }: SurvivedSpan): SurvivedSpan {
  const { attempts, examples } = span;
  return {
    ...span,
    attempts: { ...attempts, acknowledged: { ...attempts.acknowledged, absent: 0, altered: 0 } },
    examples: examples.filter((example) => !tellsLoss(example)),
  };
}

function withLossOf(span: SurvivedSpan, before: SurvivedSpan): SurvivedSpan {
  const { attempts, lost, examples } = span;
  const { acknowledged } = attempts;
  const moved = before.attempts.acknowledged;
  const sum = {
    ...acknowledged,
    absent: acknowledged.absent + moved.absent,
    altered: acknowledged.altered + moved.altered,
  };
  return {
    ...span,
    attempts: { ...attempts, acknowledged: sum },
    ...(lost && before.lost && { lost: { ...lost, firstSecond: before.lost.firstSecond } }),
    examples: [...before.examples.filter(tellsLoss), ...examples],
  };
}
