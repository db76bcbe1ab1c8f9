/** A composite SLO: several objectives, each with its own indicator, that spend one error budget. */
import type { CompositeMember, Objective } from '../types.ts';
import type { Context } from './context.ts';
import type { Place } from './findings.ts';
import { indicatorOf } from './indicator-of.ts';
import type { Located } from './library.ts';
import { checkMultiplier, multiplierOf } from './notes.ts';
import type { SloObjective } from './schema.ts';
import { type BudgetingMethod, budgetingOf, checkSliceable } from './slices.ts';
import { targetOf } from './target.ts';

/** Undefined if what is wrong was told at the SLO. */
export function compositeOf(
  slo: Located<'SLO'>,
  method: BudgetingMethod,
  windowDays: number,
  context: Context,
): Pick<Objective, 'target' | 'sli' | 'budgeting'> | undefined {
  const { spec, metadata } = slo.value;
  const place = slo.place.at('spec');
  if (spec.indicator !== undefined || spec.indicatorRef !== undefined) {
    place.error('the objectives of a composite have indicators of their own; leave out the common one');
  }
  const members = spec.objectives.map((objective, index) =>
    memberOf(objective, index, method, windowDays, context, slo.place.at('spec', 'objectives', index)),
  );
  const annotated = slo.place.at('metadata', 'annotations');
  const read = members
    .filter((member) => member !== undefined)
    .map((member) => ({ ...member, sli: multiplierOf(member.sli, metadata.annotations, annotated) }));
  const [first] = read;
  if (first === undefined || read.length < members.length) return undefined;
  checkMultiplier(
    read.map(({ sli }) => sli),
    metadata.annotations,
    annotated,
  );
  const [multiplier, ...others] = new Set(read.map(({ sli }) => sli.atLeastMultiplier));
  if (others.length > 0)
    place.at('objectives').error('all objectives of a composite need one atLeastMultiplier');
  const [windowSeconds, ...otherWindows] = new Set(read.map(({ budgeting }) => budgeting?.windowSeconds));
  if (otherWindows.length > 0) {
    place.at('objectives').error('all objectives of a composite need one timeSliceWindow');
  }
  return {
    target: Math.max(...read.map((member) => member.target)),
    ...(windowSeconds !== undefined && first.budgeting && { budgeting: first.budgeting }),
    sli: {
      measure: 'composite',
      members: read,
      ...(multiplier === undefined ? {} : { atLeastMultiplier: multiplier }),
    },
  };
}

function memberOf(
  objective: SloObjective,
  index: number,
  method: BudgetingMethod,
  windowDays: number,
  context: Context,
  place: Place,
): CompositeMember | undefined {
  const sli = indicatorOf(objective, objective, context, { indicator: place, objective: place });
  const target = targetOf(objective, place);
  const budgeting = budgetingOf(objective, method, windowDays, place);
  checkSliceable(sli, method, place);
  if (sli === undefined || target === undefined) return undefined;
  if (sli.measure === 'drills') {
    place.error('drills have no error budget to share: promise them by themselves');
    return undefined;
  }
  if (sli.measure === 'objectives' || sli.measure === 'composite') {
    place.error('the capacity promise stands for all objectives and is part of none');
    return undefined;
  }
  if (sli.measure === 'page-load') {
    place.error('a mean has no error budget that it could share');
    return undefined;
  }
  if (method !== 'Occurrences' && budgeting === undefined) return undefined;
  const { displayName = `objective ${index + 1}`, compositeWeight: weight = 1 } = objective;
  return { displayName, target, weight, sli, ...(budgeting && { budgeting }) };
}
