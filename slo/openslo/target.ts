import type { Place } from './findings.ts';
import type { SloObjective } from './schema.ts';

/** The promised share; undefined if the objective does not name exactly one. */
export function targetOf({ target, targetPercent }: SloObjective, place: Place): number | undefined {
  if ((target === undefined) === (targetPercent === undefined)) {
    place.error('give either target or targetPercent');
    return undefined;
  }
  // Shifts the decimal point in the text: 99.99 / 100 need not be the double nearest to 0.9999.
  return target ?? Number(`${targetPercent}e-2`);
}
