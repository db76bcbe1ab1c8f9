/** What each fault cost its customers, beside what as many calm seconds did. */
import type { BudgetSpent, DrillOutcome } from '../../slo/drills/types.ts';
import { formatDuration } from '../../slo/sentences.ts';
import { count, decimal, list } from '../figures.ts';
import type { Cell, Table } from '../types.ts';
import { cell, columns } from './table.ts';

export function costTable(drills: readonly DrillOutcome[]): Table {
  return {
    caption: 'What each fault cost until all was good',
    columns: columns(
      'Fault',
      'Requests#',
      'Failed#',
      'Fall-backs#',
      'Never sent#',
      'Journeys failed',
      'Error budget spent#',
      '… in calm just before#',
    ),
    rows: drills
      .filter(({ cost }) => cost !== undefined)
      .map(({ id, cost, calm }) => [
        cell(id),
        cell(count(cost?.requests ?? 0)),
        cell(count(cost?.failedRequests ?? 0)),
        cell(count(cost?.fallbacks ?? 0)),
        cell(count(cost?.dropped ?? 0)),
        cell(journeysText(cost?.journeys ?? [])),
        budgetCell(cost?.budget),
        budgetCell(calm),
      ]),
  };
}

function journeysText(journeys: NonNullable<DrillOutcome['cost']>['journeys']): string {
  if (journeys.length === 0) return 'none';
  return list(journeys.map(({ journey, failed, total }) => `${journey} ${count(failed)} of ${count(total)}`));
}

function budgetCell(budget: BudgetSpent | undefined): Cell {
  if (budget === undefined) return cell('–');
  return cell(`${decimal(budget.share * 100)} %`, `${formatDuration(budget.outageSeconds)} of outage`);
}
