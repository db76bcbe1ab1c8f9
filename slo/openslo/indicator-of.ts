/** Where the indicator of an SLO, or of one objective of a composite, stands: inline or in an SLI document. */
import type { Sli } from '../types.ts';
import type { Context } from './context.ts';
import type { Place } from './findings.ts';
import { sliOf } from './indicator.ts';
import type { SloObjective, SloSpec } from './schema.ts';

/**
 * @param holder what names the indicator; `places.indicator` is its place.
 * @returns undefined if what is wrong was told.
 */
export function indicatorOf(
  { indicator, indicatorRef }: Pick<SloSpec, 'indicator' | 'indicatorRef'>,
  objective: SloObjective,
  context: Context,
  places: { readonly indicator: Place; readonly objective: Place },
): Sli | undefined {
  const holder = places.indicator;
  if ((indicator === undefined) === (indicatorRef === undefined)) {
    holder.error('give either indicator or indicatorRef');
    return undefined;
  }
  if (indicator !== undefined) {
    return sliOf(indicator.spec, objective, context, {
      ...places,
      indicator: holder.at('indicator', 'spec'),
    });
  }
  const named = context.library.find('SLI', indicatorRef ?? '', holder.at('indicatorRef'));
  if (named === undefined) return undefined;
  return sliOf(named.value.spec, objective, context, { ...places, indicator: named.place.at('spec') });
}
