/** Promises over drills in words. */
import { signOf } from '../slo/comparison.ts';
import { type DrillFigure, drillFigures } from '../slo/drills/figures.ts';
import { formatDrillFigure, formatDrillLimit } from '../slo/sentences.ts';
import type { Evidence, Sli } from '../slo/types.ts';
import type { Measured } from './told.ts';

/** "each drill: time to recover < 900 s". */
export function drillPromised({ figure, op, value, fault }: Sli & { measure: 'drills' }): string {
  const which = fault === undefined ? 'drill' : `drill of ${fault}`;
  const limit = `${figure.replaceAll('-', ' ')} ${formatDrillLimit(signOf(op), value, drillFigures[figure].unit)}`;
  return figure === 'mean-time-to-recover' ? limit : `each ${which}: ${limit}`;
}

function drillFigure(value: number, figure: DrillFigure): string {
  return formatDrillFigure(value, drillFigures[figure].unit);
}

/** Of the mean: how long on average; of others: between what and what. */
export function drillMeasured(
  { figure }: Sli & { measure: 'drills' },
  { lowest, highest, mean }: Evidence,
  events: string,
): Measured {
  if (lowest === undefined || highest === undefined) return { figure: 'no figure', among: events };
  const told = (value: number) => drillFigure(value, figure);
  if (mean !== undefined)
    return { figure: `${told(mean.mean)} on average, ${told(highest)} at most`, among: '' };
  // Of a rule that allows none, the worst case says it all.
  if (figure === 'services-taken-down') return { figure: `${told(highest)} taken down`, among: events };
  const range = lowest === highest ? told(lowest) : `${told(lowest)} to ${told(highest)}`;
  return { figure: range, among: events };
}

/** How sure a figure over drills is: only a mean is estimated. */
export function drillCertainty({ mean }: Evidence): string {
  if (mean === undefined) return 'every drill counted, none estimated';
  if (mean.high === undefined) return 'one drill proves no mean';
  return `mean at most ${drillFigure(mean.high, 'mean-time-to-recover')} at 95 %`;
}
