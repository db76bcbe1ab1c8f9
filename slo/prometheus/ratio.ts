/**
 * The share of bad events of an SLI as a PromQL expression over a range, from metrics that running services have.
 * Requests: `http_request_duration_seconds` (histogram) and `http_server_errors_total` with the labels `service` and
 * `route`, the catalog's names. Probes: `up` of a job named after the service. Queries: as the objective has them.
 */
import { promqlOf } from '../comparison.ts';
import type { CompositeMember, PlainSli, Sli } from '../types.ts';
import { promqlDuration, promqlString } from './text.ts';

/** One range of time → expression; or why production has no metric for this SLI. */
export type ErrorRatio = { readonly over: (seconds: number) => string } | { readonly unavailable: string };

export function errorRatioOf(sli: Sli): ErrorRatio {
  if (sli.atLeastMultiplier !== undefined) {
    return { unavailable: `it is promised from ${sli.atLeastMultiplier} times the normal load on` };
  }
  switch (sli.measure) {
    case 'requests':
      return { over: (seconds) => requestRatio(sli, promqlDuration(seconds)) };
    case 'probes':
      return {
        over: (seconds) =>
          `1 - avg(avg_over_time(up{job=${promqlString(sli.service)}}[${promqlDuration(seconds)}]))`,
      };
    case 'series':
      return { over: (seconds) => seriesRatio(sli, seconds) };
    case 'composite':
      return compositeRatio(sli.members);
    case 'journeys':
      return { unavailable: 'only the load generator sees journeys' };
    case 'readings':
      return { unavailable: 'only a rehearsal takes readings' };
    case 'drills':
      return { unavailable: 'only a rehearsal breaks things on purpose' };
    case 'vitals':
    case 'sessions':
    case 'page-load':
      return { unavailable: 'only a Faro collector hears what browsers tell' };
    case 'objectives':
      return { unavailable: 'it stands for the other objectives' };
  }
}

/** Failed, or not within the limit; a failure that is also late counts twice, up to all of the requests. */
function requestRatio(sli: PlainSli & { measure: 'requests' }, range: string): string {
  const selector = selectorOf(sli);
  const rate = (metric: string, ...more: string[]) =>
    `sum(rate(${metric}{${[...selector, ...more].join(',')}}[${range}]))`;
  const total = rate('http_request_duration_seconds_count');
  // The counter of a route that never failed may not be there yet, which is no error.
  const failed = `(${rate('http_server_errors_total')} or ${total} * 0)`;
  if (sli.underMs === undefined) return `${failed} / ${total}`;
  const inTime = rate('http_request_duration_seconds_bucket', `le=~${promqlString(boundary(sli.underMs))}`);
  return `clamp_max((${total} - ${inTime} + ${failed}) / ${total}, 1)`;
}

function selectorOf({ service, kind, route, routes }: PlainSli & { measure: 'requests' }): string[] {
  const names = [...new Set(routes.map((key) => key.slice(key.indexOf('.') + 1)))];
  const pattern = names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return [
    ...(service === undefined ? [] : [`service=${promqlString(service)}`]),
    ...(kind === undefined && route === undefined ? [] : [`route=~${promqlString(pattern)}`]),
  ];
}

/** `0.3`; whole seconds are written `2` or `2.0`, as the exposition format has it. */
function boundary(limitMs: number): string {
  const seconds = String(limitMs / 1000);
  return seconds.includes('.') ? seconds.replace('.', '\\.') : `${seconds}(\\.0)?`;
}

/** The usual scrape interval; over hours and days once a minute, which a server can hold in memory. */
function stepSeconds(rangeSeconds: number): number {
  return rangeSeconds > 3600 ? 60 : 15;
}

function seriesRatio(sli: PlainSli & { measure: 'series' }, seconds: number): string {
  const range = `[${promqlDuration(seconds)}:${promqlDuration(stepSeconds(seconds))}]`;
  switch (sli.kind) {
    case 'ratio': {
      const count = sli.counter ? 'increase' : 'sum_over_time';
      const [part, total] = [sli.query, sli.totalQuery].map((query) => `sum(${count}((${query})${range}))`);
      return sli.goodOrBad === 'bad' ? `${part} / ${total}` : `1 - ${part} / ${total}`;
    }
    case 'raw': {
      const mean = `avg(avg_over_time((${sli.query})${range}))`;
      return sli.rawType === 'failure' ? mean : `1 - ${mean}`;
    }
    case 'threshold': {
      const isGood = `(${sli.query}) ${promqlOf(sli.op)} bool ${sli.value}`;
      return `1 - avg(avg_over_time((${isGood})${range}))`;
    }
  }
}

/** Members' burn rates, weighted, as a bad share of the strictest target. */
function compositeRatio(members: readonly CompositeMember[]): ErrorRatio {
  if (members.some(({ budgeting }) => budgeting !== undefined)) {
    return { unavailable: 'time slices of a composite have no rule' };
  }
  const allowed = 1 - Math.max(...members.map(({ target }) => target));
  const parts: ((seconds: number) => string)[] = [];
  for (const { sli, target, weight } of members) {
    const ratio = errorRatioOf(sli);
    if ('unavailable' in ratio) return ratio;
    const factor = Number(((weight * allowed) / (1 - target)).toPrecision(12));
    parts.push((seconds) => `${factor} * (${ratio.over(seconds)})`);
  }
  return { over: (seconds) => `clamp_max(${parts.map((part) => part(seconds)).join(' + ')}, 1)` };
}
