/** Figures that the system states or an audit finds, each compared with a limit. */
import type { Phase } from '../../profiles/types.ts';
import { holds, signOf } from '../comparison.ts';
import type { ReadingRow } from '../measurements.ts';
import { formatValue, sampleReason } from '../sentences.ts';
import { phaseAt } from '../tally.ts';
import type { Evidence, Sli } from '../types.ts';
import { addSlices, type Context, emptySlices, type Judged, type Measure } from './measure.ts';
import type { Standing } from './outcome.ts';

type ReadingSli = Sli & { measure: 'readings' };

export const readings: Measure<ReadingSli> = {
  events: 'readings',
  isCensus: (sli) => sli.census,
  count(sli, phases, context) {
    // A census knows no phases, but one that is asked only from some load on is not asked of a profile without it.
    const isAsked = phases.length > 0 || sli.atLeastMultiplier === undefined;
    const rows = isAsked ? rowsOf(sli, phases, context) : [];
    const standings = rows.map((row) => standingOf(sli, row));
    const counted = (standing: Standing) => standings.filter((item) => item === standing).length;
    const values = rows.flatMap(({ value, upTo = value }) => [value, upTo]);
    const range =
      values.length === 0 ? {} : { lowest: extreme(values, Math.min), highest: extreme(values, Math.max) };
    return {
      total: rows.length,
      bad: counted('bad'),
      dropped: 0,
      uncertain: counted('uncertain'),
      ...range,
    };
  },
  slices(sli, phases, context) {
    const slices = emptySlices(phases);
    for (const row of rowsOf(sli, phases, context)) {
      const at = { from: row.second, counts: [1] };
      addSlices(slices, at, standingOf(sli, row));
    }
    return slices;
  },
  expected: () => undefined,
  /** An audit was due; one that gave no figure, or never came to it, makes the run a part. */
  missing: (sli, { tally: { partial } }) =>
    sli.census && partial.length > 0 ? `${sli.reading} was not read (${partial.join('; ')})` : undefined,
  /** An audit promises the whole truth: what it could not read is data that is missing. */
  isIncomplete: (sli, context) =>
    sli.census && rowsOf(sli, [], context).some(({ upTo }) => upTo !== undefined),
  reason: (judged) => (judged.sli.census ? censusReason(judged) : sampledReason(judged)),
};

/** Uncertain where the true figure may lie on either side of the limit. */
function standingOf({ op, value: limit }: ReadingSli, { value, upTo = value }: ReadingRow): Standing {
  const isGood = holds(op, value, limit);
  if (isGood !== holds(op, upTo, limit)) return 'uncertain';
  return isGood ? 'good' : 'bad';
}

/** Not by spreading: a day's readings are more than a call takes. */
function extreme(values: readonly number[], of: (a: number, b: number) => number): number {
  return values.reduce((a, b) => of(a, b));
}

/** A census belongs to the whole run: its audit comes after the load. */
function rowsOf(sli: ReadingSli, phases: readonly Phase[], { plan, tally }: Context): ReadingRow[] {
  const names = new Set(phases.map((phase) => phase.name));
  return tally.readings.filter(
    (row) => row.reading === sli.reading && (sli.census || names.has(row.phase ?? phaseAt(plan, row.second))),
  );
}

function censusReason({ sli, evidence }: Judged<ReadingSli>): string {
  const { lowest = Number.NaN, highest = Number.NaN } = evidence;
  const seen =
    lowest === highest ? formatValue(lowest) : `between ${formatValue(lowest)} and ${formatValue(highest)}`;
  const promised = `where ${signOf(sli.op)} ${formatValue(sli.value)} was promised`;
  const sure = isExact(evidence) ? 'counted exactly' : 'not all of it could be read';
  return `${sli.reading} was ${seen}, ${promised}; ${sure}.`;
}

/** A census has one row; where all of it could be read, one figure. */
export function isExact({ lowest, highest }: Evidence): boolean {
  return lowest === highest;
}

function sampledReason(judged: Judged<ReadingSli>): string {
  const limit = `${signOf(judged.sli.op)} ${formatValue(judged.sli.value)}`;
  return sampleReason(judged, {
    events: 'readings',
    bad: `value that is not ${limit}`,
    bads: `values that are not ${limit}`,
  });
}
