/** Uptime told twice: by requests, which weighs by traffic, and by time, which sees an outage in a quiet hour. */

import { groupBy } from '../../slo/group-by.ts';
import { type ProbeSeries, probeStates, type RequestSeries } from '../../slo/measurements.ts';
import { count, counted, goodShare, list } from '../figures.ts';
import type { Cell, Table } from '../types.ts';
import type { PresentInput } from './input.ts';
import { countOutcomes } from './outcomes.ts';
import { cell, columns } from './table.ts';

export function presentUptime({ suite, measurements }: PresentInput): Table {
  const requests = groupBy(measurements.requests, (row) => row.service);
  const probes = new Map(measurements.probes.map((series) => [series.service, series]));
  const services = new Set([...Object.keys(suite.catalog), ...requests.keys(), ...probes.keys()]);
  return {
    caption: 'Uptime by requests and by time',
    columns: columns('Service', 'By requests#', 'By time#', 'Longest outage#', 'Causes of failed probes'),
    rows: [...services].map((service) => [
      cell(service),
      byRequests(requests.get(service) ?? []),
      ...byTime(probes.get(service)),
    ]),
  };
}

function byRequests(columns: readonly RequestSeries[]): Cell {
  const { total, errors, fallbacks } = countOutcomes(columns);
  if (total === 0) return cell('–', 'no requests');
  const bad = errors + fallbacks;
  return cell(goodShare(1 - bad / total), `${count(bad)} bad of ${count(total)}`);
}

function byTime(series: ProbeSeries | undefined): Cell[] {
  const { total, failed, longest } = outagesOf(series?.states ?? []);
  if (series === undefined || total === 0) return [cell('–', 'not probed'), cell('–'), cell('–')];
  return [
    cell(goodShare(1 - failed / total), `${count(failed)} failed of ${count(total)}`),
    cell(failed === 0 ? '–' : `${count(longest)} s`),
    cell(causesText(series.causes)),
  ];
}

/** `longest` are the most consecutive failed probes; they are a second apart. */
function outagesOf(states: ArrayLike<number>): { total: number; failed: number; longest: number } {
  const outages = { total: 0, failed: 0, longest: 0 };
  let current = 0;
  for (let second = 0; second < states.length; second++) {
    const state = states[second];
    if (state === probeStates.none) continue;
    outages.total += 1;
    current = state === probeStates.bad ? current + 1 : 0;
    outages.failed += Math.sign(current);
    outages.longest = Math.max(outages.longest, current);
  }
  return outages;
}

const causesShown = 2;

function causesText(causes: ProbeSeries['causes']): string {
  if (causes.length === 0) return '–';
  const frequent = [...causes].sort((a, b) => b.count - a.count);
  const told = frequent.slice(0, causesShown).map((item) => `${item.cause} (${item.count})`);
  const rest = frequent.length - told.length;
  return list(rest > 0 ? [...told, counted(rest, 'other cause')] : told);
}
