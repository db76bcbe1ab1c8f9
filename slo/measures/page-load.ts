/** Page loads: their mean, with Student's bounds at the confidence that the objective asks for. */
import type { Phase } from '../../profiles/types.ts';
import { holds } from '../comparison.ts';
import { formatCounted, formatMilliseconds, formatTarget } from '../sentences.ts';
import { type MeanInterval, meanIntervalOfSums } from '../statistics/mean-interval.ts';
import type { Answer, Sli } from '../types.ts';
import { type Context, emptySlices, type Judged, type Measure } from './measure.ts';
import { absentBeacons, missingBeacons, rowsOf } from './page-views.ts';

type PageLoadSli = Sli & { measure: 'page-load' };

export const pageLoad: Measure<PageLoadSli> = {
  events: 'page loads',
  isCensus: () => false,
  count: () => ({ total: 0, bad: 0, dropped: 0, uncertain: 0 }),
  slices: (_sli, phases) => emptySlices(phases),
  judge(sli, target, phases, context) {
    const sums = sumsIn(sli, phases, context);
    const evidence = { total: sums.count, bad: 0, dropped: 0 };
    const mean = meanIntervalOfSums(sums, target);
    if (mean === undefined) return { answer: 'inconclusive', evidence };
    return { answer: answerOf(sli, mean), evidence: { ...evidence, mean } };
  },
  expected: () => undefined,
  missing: missingBeacons,
  absent: absentBeacons,
  reason,
};

function sumsIn(sli: PageLoadSli, phases: readonly Phase[], { tally }: Context) {
  let [count, sum, sumOfSquares] = [0, 0, 0];
  for (const row of rowsOf(tally.pages?.rows ?? [], sli, phases)) {
    if (row.metric !== 'page-load' || (sli.page ?? row.page) !== row.page) continue;
    count += row.histogram.count;
    sum += row.histogram.sum;
    sumOfSquares += row.sumOfSquares;
  }
  return { count, sum, sumOfSquares };
}

/** One value has no bounds, and decides nothing. */
function answerOf({ op, value }: PageLoadSli, { low, high }: MeanInterval): Answer {
  if (low === undefined || high === undefined) return 'inconclusive';
  if (holds(op, high, value)) return 'pass';
  return holds(op, low, value) ? 'inconclusive' : 'fail';
}

function reason({ sli, target, answer, evidence }: Judged<PageLoadSli>): string {
  const { mean = Number.NaN, low, high } = evidence.mean ?? {};
  const seen = `${formatCounted(evidence.total, 'page load')} took ${formatMilliseconds(mean)} on average`;
  const limit = formatMilliseconds(sli.value);
  if (low === undefined || high === undefined) return `${seen}: one is too few to judge ${limit} by.`;
  const sure = formatTarget(target);
  if (answer === 'pass')
    return `${seen}: under ${formatMilliseconds(high)} with ${sure} confidence; ${limit} was promised.`;
  if (answer === 'fail')
    return `${seen}: over ${formatMilliseconds(low)} with ${sure} confidence, where ${limit} was promised.`;
  return `${seen}: the mean lies between ${formatMilliseconds(low)} and ${formatMilliseconds(high)}; more page loads would tell on which side of ${limit}.`;
}
