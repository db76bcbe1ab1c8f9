/** The blast radius in words: what nobody declared, and what nothing tested. */
import type { Catalog } from '../../scenarios/model.ts';
import { formatCount, formatCounted } from '../sentences.ts';
import type { BlastCell, BlastRow } from './types.ts';

/** Undeclared couplings and missing fall-backs. */
export function findingsOf(rows: readonly BlastRow[], catalog: Catalog): string[] {
  return rows.flatMap(({ drill, broken, cells }) =>
    cells
      .filter(({ answer }) => answer === 'fail')
      .map(
        (cell) =>
          `${drill} broke ${cell.service} too (${figureOf(cell)}): ${declared(cell, broken, catalog)}.`,
      ),
  );
}

function figureOf({ objectiveId, bad, total }: BlastCell): string {
  return `${objectiveId}: ${formatCount(bad)} bad of ${formatCount(total)}`;
}

function declared({ service, relation }: BlastCell, broken: string, catalog: Catalog): string {
  if (relation === 'apart') return `the catalog declares no dependency of ${service} on ${broken}`;
  if (catalog[broken]?.tier === 'degradable')
    return `${broken} is degradable, so ${service} has to do without it`;
  return catalog[service]?.calls.includes(broken)
    ? `the catalog declares that ${service} tolerates its loss`
    : `the catalog declares that a service between ${service} and ${broken} does without what it calls`;
}

/** Whether at least half of what was asked of the broken service failed: with less, who needs it need not fail too. */
export function wasDown({ cells }: BlastRow): boolean {
  return cells.some(({ relation, bad, total }) => relation === 'self' && bad > 0 && bad >= total / 2);
}

/** Needs that are declared and that no request showed: nothing needed them, or too little was asked. */
export function untestedIn(rows: readonly BlastRow[]): string[] {
  return rows.filter(wasDown).flatMap(({ drill, broken, cells }) =>
    cells
      .filter(({ relation }) => relation === 'needs' || relation === 'tolerates')
      .flatMap(({ service, fared, relation, total }) => {
        if (fared === 'unknown') {
          return [`${service} on ${broken} (${drill}): only ${formatCounted(total, 'request')} to tell by`];
        }
        if (relation !== 'needs' || fared !== 'held') return [];
        return [
          `${service} on ${broken} (${drill}): declared as needed, but ${service} failed nothing without it`,
        ];
      }),
  );
}
