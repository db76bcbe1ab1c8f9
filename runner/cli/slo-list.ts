/** The table of `peakproof slo list`. */
import { promised } from '../../reports/words.ts';
import type { Objective } from '../../slo/types.ts';
import { alertWords, budgetingWords, windowWords } from './slo-words.ts';
import { type Column, table } from './table.ts';

const columns: readonly Column[] = [
  { title: 'objective' },
  { title: 'service' },
  { title: 'promise' },
  { title: 'window' },
  { title: 'budget counts' },
  { title: 'alerts' },
];

/** @param width columns of the terminal; no limit if undefined. */
export function objectiveTable(objectives: readonly Objective[], width?: number): string {
  const rows = objectives.map((objective) => [
    objective.id,
    objective.service,
    promised(objective),
    windowWords(objective),
    budgetingWords(objective.budgeting),
    alertWords(objective),
  ]);
  return table(columns, rows, width);
}
