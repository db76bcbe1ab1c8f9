/** Figures that the system states or an audit finds, each compared with a limit. */
import type { Phase } from '../../profiles/types.ts';
import { holds, signOf } from '../comparison.ts';
import type { ReadingRow } from '../measurements.ts';
import { formatValue, sampleReason } from '../sentences.ts';
import { phaseAt } from '../tally.ts';
import type { Sli } from '../types.ts';
import { addSlices, type Context, emptySlices, type Judged, type Measure } from './measure.ts';

type ReadingSli = Sli & { measure: 'readings' };

export const readings: Measure<ReadingSli> = {
  events: 'readings',
  isCensus: (sli) => sli.census,
  count(sli, phases, context) {
    const values = rowsOf(sli, phases, context).map((row) => row.value);
    const bad = values.filter((value) => !holds(sli.op, value, sli.value)).length;
    const range =
      values.length === 0 ? {} : { lowest: extreme(values, Math.min), highest: extreme(values, Math.max) };
    return { total: values.length, bad, dropped: 0, uncertain: 0, ...range };
  },
  slices(sli, phases, context) {
    const slices = emptySlices(phases);
    for (const { second, value } of rowsOf(sli, phases, context)) {
      const at = { from: second, counts: [1] };
      addSlices(slices, at, holds(sli.op, value, sli.value) ? 'good' : 'bad');
    }
    return slices;
  },
  expected: () => undefined,
  reason: (judged) => (judged.sli.census ? censusReason(judged) : sampledReason(judged)),
};

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
  return `${sli.reading} was ${seen}, where ${signOf(sli.op)} ${formatValue(sli.value)} was promised; counted exactly.`;
}

function sampledReason(judged: Judged<ReadingSli>): string {
  const limit = `${signOf(judged.sli.op)} ${formatValue(judged.sli.value)}`;
  return sampleReason(judged, {
    events: 'readings',
    bad: `value that is not ${limit}`,
    bads: `values that are not ${limit}`,
  });
}
