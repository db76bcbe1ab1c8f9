/** What came of the faults that a profile injects: recovery, blast radius, budget; every drill counts, none is a sample. */
import { holds, signOf } from '../comparison.ts';
import { type DrillFigure, drillFigures } from '../drills/figures.ts';
import type { DrillOutcome } from '../drills/types.ts';
import { drilledFaults } from '../scope.ts';
import { formatCounted, formatDrillFigure, formatDrillLimit, formatTarget } from '../sentences.ts';
import { meanInterval, shareUnderLimitAtLeast } from '../statistics/mean-interval.ts';
import type { Answer, Sli } from '../types.ts';
import { type Context, type Counts, emptySlices, type Judged, type Measure } from './measure.ts';

type DrillSli = Sli & { measure: 'drills' };

export const drills: Measure<DrillSli> = {
  events: 'drills',
  // Every drill of the run; the mean has bounds of its own.
  isCensus: () => true,
  count: (sli, _phases, context) =>
    sli.figure === 'mean-time-to-recover' ? countMean(sli, context) : countEach(sli, context),
  slices: (_sli, phases) => emptySlices(phases),
  expected: (sli, _phases, plan) => drilledFaults(plan, sli).length,
  isIncomplete: (sli, context) => standings(sli, context).some(({ isMissing }) => isMissing === true),
  reason: (judged) => `${figureReason(judged)}${troubles(judged)}`,
};

/** How one planned drill stands against the objective's limit. */
interface DrillStanding {
  readonly id: string;
  readonly answer: Answer;
  /** Undefined where there is no figure: it never recovered, or proves nothing. */
  readonly value?: number;
  readonly why: string;
  /** The drill was to show something and did not. */
  readonly isMissing?: true;
}

/** One for each planned fault, also for those that were never begun. */
function standings(sli: DrillSli, context: Context): DrillStanding[] {
  return drilledFaults(context.plan, sli).map(({ id }) => {
    const drill = context.drills?.drills.find((item) => item.id === id);
    if (drill === undefined) return { ...missing, id, why: 'Was never begun.' };
    return sli.figure === 'services-taken-down'
      ? standingOfOthers(sli, id, context)
      : standingOfItself(sli, sli.figure, drill);
  });
}

const missing = { answer: 'inconclusive', isMissing: true } as const;

function standingOfItself(
  sli: DrillSli,
  figure: Exclude<DrillFigure, 'services-taken-down'>,
  drill: DrillOutcome,
): DrillStanding {
  const { id, answer, reason: why, recoverSeconds, cost } = drill;
  const value = figure === 'budget-spent' ? cost?.budget?.share : recoverSeconds;
  const told = { id, why, ...(value === undefined ? {} : { value }) };
  if (answer === 'fail') return { ...told, answer };
  if (answer === 'inconclusive' || value === undefined) return { ...told, ...missing };
  return { id, value, why: '', answer: holds(sli.op, value, sli.value) ? 'pass' : 'fail' };
}

/** Too little traffic at a service leaves open whether it was taken down, but is nothing that the drill lacks. */
function standingOfOthers(sli: DrillSli, id: string, { drills }: Context): DrillStanding {
  const row = drills?.blastRadius.rows.find(({ drill }) => drill === id);
  if (row === undefined) return { ...missing, id, why: 'Had no effect that was seen.' };
  if (row.cells.length === 0) return { ...missing, id, why: 'No service is known that could have suffered.' };
  const names = (answer: Answer) =>
    row.cells.filter((cell) => cell.answer === answer).map(({ service }) => service);
  const [down, open] = [names('fail'), names('inconclusive')];
  const told = { id, value: down.length };
  if (!holds(sli.op, down.length, sli.value))
    return { ...told, answer: 'fail', why: `Took down ${down.join(', ')}.` };
  if (open.length === 0) return { ...told, answer: 'pass', why: '' };
  return {
    ...told,
    answer: 'inconclusive',
    why: `Too little traffic to tell of ${open.length > 3 ? formatCounted(open.length, 'service') : open.join(', ')}.`,
  };
}

function countEach(sli: DrillSli, context: Context): Counts {
  const all = standings(sli, context);
  const number = (answer: Answer) => all.filter((item) => item.answer === answer).length;
  const values = all.flatMap(({ value }) => value ?? []);
  return {
    ...{ total: all.length, bad: number('fail'), uncertain: number('inconclusive'), dropped: 0 },
    ...rangeOf(values),
  };
}

/**
 * One mean of all drills: kept if its upper 95 % bound keeps the limit, broken if its lower one misses it or a drill
 * never recovered, which has no time that could be averaged.
 */
function countMean(sli: DrillSli, context: Context): Counts {
  const all = standings(sli, context);
  const values = all.flatMap(({ value }) => value ?? []);
  const interval = meanInterval(values);
  const hasFailed = all.some(({ answer, value }) => answer === 'fail' && value === undefined);
  const isWhole = all.every(({ answer }) => answer !== 'inconclusive');
  const { low, high } = interval ?? {};
  const isRefuted = low !== undefined && !holds(sli.op, low, sli.value) && isWhole;
  const isProven = high !== undefined && holds(sli.op, high, sli.value) && isWhole;
  const bad = hasFailed || isRefuted ? 1 : 0;
  return {
    ...{ total: 1, bad, uncertain: bad === 1 || isProven ? 0 : 1, dropped: 0 },
    ...rangeOf(values),
    ...(interval === undefined ? {} : { mean: interval }),
  };
}

function rangeOf(values: readonly number[]): Pick<Counts, 'lowest' | 'highest'> {
  return values.length === 0 ? {} : { lowest: Math.min(...values), highest: Math.max(...values) };
}

function figureReason({ sli, evidence, context }: Judged<DrillSli>): string {
  const { lowest, highest, mean } = evidence;
  const { unit } = drillFigures[sli.figure];
  const told = (value: number) => formatDrillFigure(value, unit);
  const promised = `${formatDrillLimit(signOf(sli.op), sli.value, unit)} was promised`;
  const number = standings(sli, context).filter(({ value }) => value !== undefined).length;
  const count = formatCounted(number, 'drill');
  if (lowest === undefined || highest === undefined) return `No drill has a figure, where ${promised}.`;
  if (sli.figure !== 'mean-time-to-recover') {
    const range = lowest === highest ? told(lowest) : `between ${told(lowest)} and ${told(highest)}`;
    return `${count}: ${range}, where ${promised} of each.`;
  }
  const bound = mean?.high === undefined ? 'one drill has no bound' : `at 95 % at most ${told(mean.high)}`;
  const few = formatTarget(Math.floor(shareUnderLimitAtLeast(number) * 1000) / 1000);
  return `The mean of ${count} is ${told(mean?.mean ?? lowest)}, ${bound}, where ${promised}. They are few: as many under a limit prove that at least ${few} of such drills are.`;
}

function troubles({ sli, context }: Judged<DrillSli>): string {
  return standings(sli, context)
    .filter(({ answer }) => answer !== 'pass')
    .map(({ id, why, value }) => {
      const figure = value === undefined ? [] : [formatDrillFigure(value, drillFigures[sli.figure].unit)];
      return ` ${[id, ...figure].join(', ')}${why === '' ? '.' : `: ${why}`}`;
    })
    .join('');
}
