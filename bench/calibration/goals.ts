/** What peakproof's rules promise of themselves. */
import { type Row, savedShare } from './tables.ts';

/** At nominal 5 %, and two standard errors of 2,000 runs. */
const mostErrors = 0.06;
const leastSaved = 0.6;

/** One sentence for each goal that is missed. */
export function missedGoals(rows: readonly Row[]): string[] {
  return rows.flatMap(({ cell, results }) => [
    ...(['fixed', 'early'] as const).flatMap((method) => {
      const tally = results[1]?.[method];
      if (tally === undefined) return [];
      return (['falsePass', 'falseFail'] as const)
        .filter((error) => tally[error] > mostErrors)
        .map((error) => `${cell.name}: ${method} has ${(100 * tally[error]).toFixed(1)} % ${error}`);
    }),
    ...missedSaving({ cell, results }),
  ]);
}

function missedSaving({ cell, results }: Row): string[] {
  const early = results[5]?.early;
  if (early === undefined || savedShare(cell, early) >= leastSaved) return [];
  return [`${cell.name}: stopping early saves only ${(100 * savedShare(cell, early)).toFixed(0)} %`];
}
