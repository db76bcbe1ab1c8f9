/** An observation of real users as words and tables, for page and terminal. */
import type { LoadPlan } from '../../profiles/types.ts';
import type { Measurements } from '../../slo/measurements.ts';
import { formatSeconds } from '../../slo/sentences.ts';
import type { Verdict } from '../../slo/types.ts';
import type { Table } from '../cells.ts';
import type { PagesView } from '../pages-view.ts';
import { measured, promised, statusOf } from '../words.ts';
import { presentPages } from './pages/index.ts';
import { cell, columns, statusCell } from './table.ts';

export interface ObservationView {
  readonly title: string;
  readonly subtitle: string;
  readonly objectives: Table;
  readonly pages: PagesView;
}

export function presentObservation(
  title: string,
  observed: { readonly plan: LoadPlan; readonly measurements: Measurements; readonly verdict: Verdict },
): ObservationView {
  const { measurements, verdict } = observed;
  const nothing = { summary: 'No beacon has arrived yet.', problems: [], vitals: [], waterfalls: [] };
  return {
    title,
    subtitle: `${formatSeconds(measurements.measuredSeconds)} of beacons`,
    objectives: {
      caption: 'What was promised of pages, and what beacons tell',
      columns: columns('Objective', 'Standing', 'Promised', 'Measured#', 'Why'),
      rows: verdict.objectives.map((item) => {
        const { figure, among } = measured(item);
        return [
          cell(item.objective.displayName),
          statusCell(statusOf(item.answer)),
          cell(promised(item.objective)),
          cell(figure, among),
          cell(item.reason),
        ];
      }),
    },
    pages: { ...(presentPages(observed) ?? nothing), films: [] },
  };
}
