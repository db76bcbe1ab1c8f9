/** The sentences about one objective: what was promised, what was measured, how sure that is. */
import { signOf } from '../slo/comparison.ts';
import { isExact } from '../slo/measures/readings.ts';
import { formatShare, formatTarget, formatValue } from '../slo/sentences.ts';
import type { MeanInterval } from '../slo/statistics/mean-interval.ts';
import { sliceNouns } from '../slo/time-slices.ts';
import type { Evidence, Objective, ObjectiveVerdict, Sli, Waived } from '../slo/types.ts';
import { drillCertainty, drillMeasured, drillPromised } from './drill-words.ts';
import { count, counted, milliseconds, multiple } from './figures.ts';
import type { Measured } from './told.ts';
import type { Standing, Status } from './types.ts';

const statuses: Readonly<Record<Standing, Status>> = {
  pass: { standing: 'pass', symbol: '✓', word: 'kept' },
  fail: { standing: 'fail', symbol: '✗', word: 'broken' },
  inconclusive: { standing: 'inconclusive', symbol: '?', word: 'not proven' },
  none: { standing: 'none', symbol: '–', word: 'not measured' },
};

export function statusOf(standing: Standing): Status {
  return statuses[standing];
}

/** "99 % of reads under 300 ms at 10x". */
export function promised(objective: Pick<Objective, 'sli' | 'target' | 'budgeting'>): string {
  return `${promisedInSlices(objective)}${scope(objective.sli)}`;
}

/** "99 % of 60-second slices with 95 % of requests under 300 ms". */
function promisedInSlices({
  sli,
  target,
  budgeting,
}: Pick<Objective, 'sli' | 'target' | 'budgeting'>): string {
  if (budgeting === undefined || sli.measure === 'composite') return promisedShare({ sli, target });
  const slices = sliceNouns(budgeting).events;
  return budgeting.method === 'timeslices'
    ? `${formatTarget(target)} of ${slices} with ${promisedShare({ sli, target: budgeting.sliceTarget })}`
    : `${promisedShare({ sli, target })}, as the mean of ${slices}`;
}

function promisedShare({ sli, target: share }: Pick<Objective, 'sli' | 'target'>): string {
  switch (sli.measure) {
    case 'requests':
      return `${formatTarget(share)} of ${subject(sli)} ${underLimit(sli.underMs)}`;
    case 'journeys':
      return `${formatTarget(share)} of journeys ${underLimit(sli.underMs)}`;
    case 'probes':
      return `${formatTarget(share)} of one-second probes answered`;
    case 'readings': {
      const limit = `${signOf(sli.op)} ${formatValue(sli.value)}`;
      return sli.census
        ? `${sli.reading} ${limit}`
        : `${sli.reading} ${limit} in ${formatTarget(share)} of readings`;
    }
    case 'drills':
      return drillPromised(sli);
    case 'series':
      return seriesPromised(sli, formatTarget(share));
    case 'vitals':
      return `${formatTarget(share)} of page views with good ${sli.metric.toUpperCase()}${ofPage(sli)}`;
    case 'sessions':
      return `${formatTarget(share)} of sessions without a JavaScript error`;
    case 'page-load':
      return `mean page load${ofPage(sli)} ${signOf(sli.op)} ${milliseconds(sli.value)}`;
    case 'composite':
      return `${counted(sli.members.length, 'objective')} within one error budget`;
    case 'objectives':
      return 'every blocking objective kept';
  }
}

function ofPage({ page, visitors }: Sli & { measure: 'vitals' | 'page-load' }): string {
  return `${page === undefined ? '' : ` of ${page}`}${visitors === undefined ? '' : ` for ${visitors} visitors`}`;
}

function seriesPromised(sli: Sli & { measure: 'series' }, share: string): string {
  if (sli.kind === 'ratio') return `${share} of what ${sli.source.type} counts is good`;
  if (sli.kind === 'raw') return `${share} good by ${sli.source.type}'s own ratio`;
  return `${signOf(sli.op)} ${formatValue(sli.value)} in ${share} of time slices`;
}

function subject(sli: Sli & { measure: 'requests' }): string {
  if (sli.route !== undefined) return `${sli.route} requests`;
  return sli.kind === undefined ? 'requests' : `${sli.kind}s`;
}

function underLimit(underMs: number | undefined): string {
  return underMs === undefined ? 'succeed' : `under ${milliseconds(underMs)}`;
}

function scope(sli: Sli): string {
  return sli.atLeastMultiplier === undefined ? '' : ` at ${multiple(sli.atLeastMultiplier)}`;
}

/** "99.93 %" among "42,310 requests (3 never sent)"; a census has a figure only. */
export function measured({ objective, evidence }: ObjectiveVerdict): Measured {
  const { sli, target } = objective;
  if (sli.measure === 'page-load' && evidence.mean !== undefined) {
    return { figure: milliseconds(evidence.mean.mean), among: counted(evidence.total, eventOf(objective)) };
  }
  if (evidence.total === 0 || evidence.goodShare === undefined) return { figure: 'no data', among: '' };
  if (sli.measure === 'readings' && sli.census) return { figure: readingRange(evidence), among: '' };
  const events = counted(evidence.total, eventOf(objective));
  if (sli.measure === 'drills') return drillMeasured(sli, evidence, events);
  const range = sli.measure === 'readings' ? `, ${readingRange(evidence)}` : '';
  const dropped = evidence.dropped > 0 ? ` (${count(evidence.dropped)} never sent)` : '';
  const atLeast = isOfBounds(objective) ? 'at least ' : '';
  return {
    figure: `${atLeast}${formatShare(evidence.goodShare, 'down', target)}`,
    among: `${events}${dropped}${range}`,
  };
}

/** A composite's share is what the bounds of its members leave for certain; its time slices are a sample like any other. */
function isOfBounds({ sli, budgeting }: Pick<Objective, 'sli' | 'budgeting'>): boolean {
  return sli.measure === 'composite' && budgeting === undefined;
}

const eventNames: Readonly<Record<Sli['measure'], string>> = {
  requests: 'request',
  journeys: 'journey',
  probes: 'probe',
  readings: 'reading',
  drills: 'drill',
  series: 'event',
  vitals: 'page view',
  sessions: 'session',
  'page-load': 'page load',
  composite: 'event',
  objectives: 'objective',
};

function eventOf({ sli, budgeting }: Pick<Objective, 'sli' | 'budgeting'>): string {
  if (budgeting !== undefined) return `${budgeting.windowSeconds}-second slice`;
  if (sli.measure === 'series') return sli.kind === 'ratio' ? 'server-side event' : 'time slice';
  return eventNames[sli.measure];
}

function readingRange({ lowest, highest }: Evidence): string {
  if (lowest === undefined || highest === undefined) return 'no readings';
  return lowest === highest ? formatValue(lowest) : `${formatValue(lowest)} to ${formatValue(highest)}`;
}

/** What the sample proves at 95 % confidence; for a census, that nothing was estimated. */
export function certainty(verdict: ObjectiveVerdict): string {
  const { objective, answer, evidence } = verdict;
  if (evidence.total === 0) return 'no data: neither kept nor broken';
  if (objective.sli.measure === 'readings' && objective.sli.census) {
    return isExact(evidence) ? 'counted exactly' : 'not all of it could be read';
  }
  if (objective.sli.measure === 'drills') return drillCertainty(evidence);
  if (evidence.mean !== undefined) return meanCertainty(evidence.mean, verdict);
  if (isOfBounds(objective)) return 'follows from the bounds of its objectives';
  if (objective.sli.measure === 'objectives') return 'follows from the objectives it names';
  if (answer === 'fail') return brokenAt(verdict);
  if (answer === 'pass') return `proven ${atLeast(evidence, objective.target)}`;
  const needed = verdict.neededTotal;
  const missing = needed === undefined ? '' : `; ${count(needed)} clean ones would prove it`;
  return `proven only ${atLeast(evidence, objective.target)}${missing}`;
}

function meanCertainty({ low, high }: MeanInterval, { answer, objective }: ObjectiveVerdict): string {
  if (low === undefined || high === undefined) return 'one value: nothing is proven';
  const sure = formatTarget(objective.target);
  if (answer === 'pass') return `under ${milliseconds(high)} at ${sure}`;
  return answer === 'fail'
    ? `over ${milliseconds(low)} at ${sure}`
    : `between ${milliseconds(low)} and ${milliseconds(high)} at ${sure}`;
}

function brokenAt({ objective: { target }, evidence, decidedIn }: ObjectiveVerdict): string {
  if (decidedIn === undefined) return atMost(evidence, target);
  return `${atMost(decidedIn.evidence, target)} in phase ${decidedIn.phase}`;
}

function atLeast({ lowerBound = 0 }: Evidence, target: number): string {
  return `≥ ${formatShare(lowerBound, 'down', target)} at 95 %`;
}

function atMost({ upperBound = 1 }: Evidence, target: number): string {
  return `at most ${formatShare(upperBound, 'up', target)} at 95 %`;
}

/** Measured share of one objective or of one of its phases, in the shortest form. */
export function shareOf({ goodShare, mean }: Evidence, target: number): string {
  if (goodShare !== undefined) return formatShare(goodShare, 'down', target);
  return mean === undefined ? 'no data' : milliseconds(mean.mean);
}

/** "waived by payments to the end of 2026-12-31: the fix is on its way". */
export function waiverText({ owner, expires, reason }: Waived): string {
  return `waived by ${owner} to the end of ${expires}: ${reason}`;
}
