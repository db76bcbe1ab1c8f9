/** What the servers count themselves, as a metrics backend tells it: the other side of what the client saw. */
import type { Phase } from '../../profiles/types.ts';
import { holds, signOf } from '../comparison.ts';
import type { MetricSeries } from '../measurements.ts';
import { formatShare, formatValue, type Nouns, sampleReason } from '../sentences.ts';
import { ratioSteps, type Step, sliceSteps } from '../steps.ts';
import type { Tally } from '../tally.ts';
import type { Sli } from '../types.ts';
import { addSlices, type Context, emptySlices, type Judged, type Measure, sumCounts } from './measure.ts';

type SeriesSli = Sli & { measure: 'series' };

export const series: Measure<SeriesSli> = {
  events: 'server-side events or time slices',
  isCensus: () => false,
  count: (sli, phases, context) =>
    sumCounts(stepsIn(sli, phases, context).map((step) => ({ ...step, dropped: 0 }))),
  slices(sli, phases, context) {
    const slices = emptySlices(phases);
    for (const { second, total, bad, uncertain } of stepsIn(sli, phases, context)) {
      const at = (count: number) => ({ from: second, counts: [count] });
      addSlices(slices, at(total - bad - uncertain), 'good');
      addSlices(slices, at(bad), 'bad');
      addSlices(slices, at(uncertain), 'uncertain');
    }
    return slices;
  },
  expected: () => undefined,
  missing: (sli, { tally }) =>
    problemOf(sli, tally) ?? `${sli.source.type} counted nothing in the judged phases`,
  reason: (judged) => `${sampleReason(judged, nounsOf(judged))}${gapsOf(judged)}`,
};

/** The queries that an SLI asks its source. */
export function queriesOf(sli: SeriesSli): readonly string[] {
  return sli.kind === 'ratio' ? [sli.query, sli.totalQuery] : [sli.query];
}

/** Steps that begin in some phases; what was scraped after the plan's end belongs to its last phase. */
function stepsIn(sli: SeriesSli, phases: readonly Phase[], { plan, tally }: Context): Step[] {
  const last = plan.phases.at(-1);
  return stepsOf(sli, tally).filter(({ second }) =>
    phases.some(
      (phase) => second >= phase.startSecond && (second < phase.endSecond || phase.name === last?.name),
    ),
  );
}

/**
 * Good and bad of each step, over the whole run; empty if a query had no usable answer. Events that were
 * scraped only after the load's end stand in steps beyond it; time slices end with the load.
 */
function stepsOf(sli: SeriesSli, tally: Tally): Step[] {
  if (problemOf(sli, tally) !== undefined) return [];
  const [answer, total] = queriesOf(sli).map((query) => answerTo(sli, query, tally));
  if (answer === undefined) return [];
  if (sli.kind === 'ratio') return total === undefined ? [] : ratioSteps(answer, total, sli);
  const badShare = sli.kind === 'raw' ? rawShare(sli.rawType) : thresholdShare(sli);
  return sliceSteps(answer, badShare).filter(({ second }) => second < tally.measuredSeconds);
}

function rawShare(rawType: 'success' | 'failure') {
  return (value: number) => (rawType === 'success' ? 1 - value : value);
}

function thresholdShare({ op, value: limit }: SeriesSli & { kind: 'threshold' }) {
  return (value: number) => (holds(op, value, limit) ? 0 : 1);
}

function answerTo({ source }: SeriesSli, query: string, tally: Tally): MetricSeries | undefined {
  return tally.metricSeries.find(
    (item) =>
      item.query === query &&
      item.source.type === source.type &&
      item.source.dataSource === source.dataSource &&
      item.source.url === source.url,
  );
}

/** Why an SLI has no data, in words; undefined if all its queries were answered. */
function problemOf(sli: SeriesSli, tally: Tally): string | undefined {
  for (const query of queriesOf(sli)) {
    const answer = answerTo(sli, query, tally);
    if (answer === undefined) return `${sli.source.type} was not asked, as the run did not get that far`;
    if (answer.problem !== undefined) return answer.problem;
  }
  return undefined;
}

function nounsOf({ sli, evidence, target }: Judged<SeriesSli>): Nouns {
  if (sli.kind === 'ratio') return { events: 'server-side events', bad: 'failure', bads: 'failures' };
  if (sli.kind === 'threshold') {
    const limit = `${signOf(sli.op)} ${formatValue(sli.value)}`;
    return { events: 'time slices', bad: `value that is not ${limit}`, bads: `values that are not ${limit}` };
  }
  const atLeast = evidence.uncertain === undefined ? '' : 'at least ';
  const share = formatShare(evidence.goodShare ?? 0, 'down', target);
  return {
    events: 'time slices',
    bad: 'failure',
    bads: 'failures',
    seen: `A mean of ${atLeast}${share} in ${evidence.total} time slices`,
  };
}

/** A gap is nothing that a reader should have to find out. */
function gapsOf({ sli, context }: Judged<SeriesSli>): string {
  const gaps = queriesOf(sli).map((query) => {
    const values = answerTo(sli, query, context.tally)?.values ?? [];
    return { of: values.length, missing: values.filter((value) => value === null).length };
  });
  const widest = gaps.reduce((a, b) => (b.missing > a.missing ? b : a));
  if (widest.missing === 0) return '';
  return ` ${sli.source.type} had no value at ${widest.missing} of ${widest.of} times.`;
}
