/** Uptime told twice: by requests, which weighs by traffic, and by time, which sees an outage in a quiet hour. */
import type { ProbeRow, RequestRow } from '../../slo/measurements.ts';
import { count, counted, goodShare, list } from '../figures.ts';
import type { Cell, Table } from '../types.ts';
import type { PresentInput } from './input.ts';
import { countOutcomes, groupBy } from './outcomes.ts';
import { cell, columns } from './table.ts';

export function presentUptime({ suite, measurements }: PresentInput): Table {
  const requests = groupBy(measurements.requests, (row) => row.service);
  const probes = groupBy(measurements.probes, (row) => row.service);
  const services = new Set([...Object.keys(suite.catalog), ...requests.keys(), ...probes.keys()]);
  return {
    caption: 'Uptime by requests and by time',
    columns: columns('Service', 'By requests#', 'By time#', 'Longest outage#', 'Causes of failed probes'),
    rows: [...services].map((service) => [
      cell(service),
      byRequests(requests.get(service) ?? []),
      ...byTime(probes.get(service) ?? []),
    ]),
  };
}

function byRequests(rows: readonly RequestRow[]): Cell {
  const { total, errors, fallbacks } = countOutcomes(rows);
  if (total === 0) return cell('–', 'no requests');
  const bad = errors + fallbacks;
  return cell(goodShare(1 - bad / total), `${count(bad)} bad of ${count(total)}`);
}

function byTime(rows: readonly ProbeRow[]): Cell[] {
  if (rows.length === 0) return [cell('–', 'not probed'), cell('–'), cell('–')];
  const failed = rows.filter((row) => !row.ok);
  return [
    cell(goodShare(1 - failed.length / rows.length), `${failed.length} failed of ${count(rows.length)}`),
    cell(failed.length === 0 ? '–' : `${longestOutage(rows)} s`),
    cell(causes(failed)),
  ];
}

/** Most consecutive failed probes; they are a second apart. */
function longestOutage(rows: readonly ProbeRow[]): number {
  let longest = 0;
  let current = 0;
  for (const row of [...rows].sort((a, b) => a.second - b.second)) {
    current = row.ok ? 0 : current + 1;
    longest = Math.max(longest, current);
  }
  return longest;
}

const causesShown = 2;

function causes(failed: readonly ProbeRow[]): string {
  if (failed.length === 0) return '–';
  const byCause = [...groupBy(failed, (row) => row.cause ?? 'no cause given')];
  const frequent = byCause.sort(([, a], [, b]) => b.length - a.length);
  const told = frequent.slice(0, causesShown).map(([cause, rows]) => `${cause} (${rows.length})`);
  const rest = frequent.length - told.length;
  return list(rest > 0 ? [...told, counted(rest, 'other cause')] : told);
}
