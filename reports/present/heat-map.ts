/** Services × kinds of objective: where it hurts, at one glance. */

import { groupBy } from '../../slo/group-by.ts';
import { worstFirst } from '../../slo/severity.ts';
import type { ObjectiveVerdict, Sli } from '../../slo/types.ts';
import type { Cell, Status, Table } from '../types.ts';
import { shareOf, statusOf } from '../words.ts';
import type { PresentInput } from './input.ts';
import { cell, columns, statusCell } from './table.ts';

const kinds = [
  'Availability',
  'Latency',
  'Latency, reads',
  'Latency, writes',
  'Uptime',
  'Backend',
  'Pages',
  'Composite',
  'Readings',
] as const;

type Kind = (typeof kinds)[number];

function kindOf(sli: Sli): Kind {
  switch (sli.measure) {
    case 'requests':
      if (sli.underMs === undefined) return 'Availability';
      if (sli.kind === undefined) return 'Latency';
      return sli.kind === 'read' ? 'Latency, reads' : 'Latency, writes';
    case 'journeys':
      return sli.underMs === undefined ? 'Availability' : 'Latency';
    case 'probes':
      return 'Uptime';
    case 'series':
      return 'Backend';
    case 'page-load':
    case 'vitals':
    case 'sessions':
      return 'Pages';
    case 'composite':
      return 'Composite';
    case 'readings':
    case 'drills':
    case 'objectives':
      return 'Readings';
  }
}

export const noObjective: Status = { ...statusOf('none'), word: 'no objective' };

/** One row for each service and then for whatever else owns an objective; only columns that hold something. */
export function presentHeatMap({ suite, verdict }: PresentInput): Table {
  const judged = verdict.objectives.filter((item) => item.objective.sli.measure !== 'objectives');
  const used = kinds.filter((kind) => judged.some((item) => kindOf(item.objective.sli) === kind));
  const owners = new Set([...Object.keys(suite.catalog), ...judged.map((item) => item.objective.service)]);
  const byPlace = groupBy(judged, ({ objective }) => `${objective.service} ${kindOf(objective.sli)}`);
  return {
    caption: 'Objectives by service and kind',
    columns: columns('Service', ...used),
    rows: [...owners].map((owner) => [
      cell(owner),
      ...used.map((kind) => heatCell(byPlace.get(`${owner} ${kind}`) ?? [])),
    ]),
  };
}

function heatCell(objectives: readonly ObjectiveVerdict[]): Cell {
  const [worst] = worstFirst(objectives);
  if (worst === undefined) return statusCell(noObjective);
  const several = objectives.length > 1 ? `, worst of ${objectives.length}` : '';
  return statusCell(statusOf(worst.answer), `${shareOf(worst.evidence, worst.objective.target)}${several}`);
}
