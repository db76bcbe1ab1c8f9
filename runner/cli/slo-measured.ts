/** Where the figures of an objective come from, and what makes one of its events good. */
import { list, milliseconds } from '../../reports/figures.ts';
import { promised } from '../../reports/words.ts';
import { signOf } from '../../slo/comparison.ts';
import { drillFigures } from '../../slo/drills/figures.ts';
import { vitalLimits } from '../../slo/pages/vitals.ts';
import { formatDrillLimit, formatValue } from '../../slo/sentences.ts';
import type { CompositeMember, PlainSli, Sli } from '../../slo/types.ts';

type SeriesSli = PlainSli & { measure: 'series' };

export function measuredWords(sli: Sli): string {
  switch (sli.measure) {
    case 'requests':
      return `by k6, as customers see it: every request to ${list(sli.routes)}, and those that were never sent`;
    case 'journeys':
      return `by k6, as customers see it: every journey ${sli.journey} from its first step to its last`;
    case 'probes':
      return `by one probe a second to ${sli.service}, beside the load`;
    case 'readings':
      return sli.census
        ? censusWords(sli)
        : `by asking the system for ${sli.reading} again and again during the load`;
    case 'drills':
      return `over the faults${sli.fault === undefined ? '' : ` of kind ${sli.fault}`} that the profile injects: ${drillFigures[sli.figure].description}`;
    case 'series':
      return `by ${backend(sli)}, which is asked for the time of the run: ${queries(sli)}`;
    case 'vitals':
    case 'page-load':
      return `by beacons of ${pageViews(sli)}, as browsers that load them report`;
    case 'sessions':
      return `by beacons of ${sli.visitors ?? 'all'} visitors' browsers, each session once`;
    case 'composite':
      return sli.members.map((member) => `${member.displayName}: ${measuredWords(member.sli)}`).join('; ');
    case 'objectives':
      return 'by the blocking objectives over requests and journeys';
  }
}

function censusWords({ reading, withFaults, needs }: PlainSli & { measure: 'readings' }): string {
  if (needs !== undefined) {
    const budget = needs === 'replica-budget' ? ', and of targets with a budget of replicas' : '';
    return `over steps of load, as ${reading}; asked only of profiles whose load rises and falls in them${budget}`;
  }
  const only = withFaults ? '; asked only of profiles that break something' : '';
  return `by an audit after the load, which states ${reading}${only}`;
}

function pageViews({ page, visitors }: PlainSli & { measure: 'vitals' | 'page-load' }): string {
  return `${page === undefined ? 'all pages' : `page ${page}`}, of ${visitors === undefined ? 'real and synthetic' : visitors} visitors`;
}

function backend({ source }: SeriesSli): string {
  const name = source.dataSource === undefined ? source.type : `${source.type} (${source.dataSource})`;
  return source.url === undefined ? name : `${name} at ${source.url}`;
}

function queries(sli: SeriesSli): string {
  return sli.kind === 'ratio' ? `${sli.query}, of ${sli.totalQuery}` : sli.query;
}

export function goodWords(sli: Sli): string {
  switch (sli.measure) {
    case 'requests':
      return `answered as its contract says${inTime(sli.underMs)}`;
    case 'journeys':
      return `every step answered as its contract says${inTime(sli.underMs)} in all`;
    case 'probes':
      return 'answered';
    case 'readings':
      return `${signOf(sli.op)} ${formatValue(sli.value)}`;
    case 'drills':
      return formatDrillLimit(signOf(sli.op), sli.value, drillFigures[sli.figure].unit);
    case 'series':
      return seriesGood(sli);
    case 'vitals': {
      const { good } = vitalLimits[sli.metric];
      return `${sli.metric.toUpperCase()} of at most ${sli.metric === 'cls' ? formatValue(good) : milliseconds(good)}`;
    }
    case 'sessions':
      return 'no JavaScript error in it';
    case 'page-load':
      return `a mean ${signOf(sli.op)} ${milliseconds(sli.value)}`;
    case 'composite':
      return sli.members.map(memberWords).join('; ');
    case 'objectives':
      return 'proven in these phases by themselves';
  }
}

function memberWords({ displayName, sli, target, weight }: CompositeMember): string {
  const promise = promised({ sli, target });
  return `${displayName}: ${promise}${weight === 1 ? '' : `, weight ${formatValue(weight)}`}`;
}

function inTime(underMs: number | undefined): string {
  return underMs === undefined ? '' : ` and within ${milliseconds(underMs)}`;
}

function seriesGood(sli: SeriesSli): string {
  switch (sli.kind) {
    case 'ratio':
      return sli.goodOrBad === 'good' ? 'what the first query counts' : 'all but what the first query counts';
    case 'raw':
      return sli.rawType === 'success'
        ? 'the share that the query states'
        : 'all but the share that the query states';
    case 'threshold':
      return `each sample ${signOf(sli.op)} ${formatValue(sli.value)}`;
  }
}
