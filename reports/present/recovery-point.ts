/** The recovery point among the figures that people quote. */
import { classesIn, type LedgerResult } from '../../slo/ledger/result.ts';
import { worstRpoSeconds } from '../../slo/ledger/rpo.ts';
import { count, milliseconds } from '../figures.ts';
import type { Figure } from '../told.ts';
import type { PresentInput } from './input.ts';

/** One for each ledger that something was acknowledged in; none where nothing was broken on purpose. */
export function recoveryPointFigures({ plan, measurements }: PresentInput): Figure[] {
  return (plan.faults ?? []).length === 0 ? [] : measurements.ledgers.flatMap(figureOf);
}

function figureOf({ name, spans, illegible }: LedgerResult): Figure[] {
  const { acknowledged, lost, unread } = classesIn(spans);
  if (acknowledged === 0) return [];
  const unknown = unread + illegible;
  // What could not be read may be lost as well.
  const atLeast = unknown > 0 ? '≥ ' : '';
  return [
    {
      label: 'Recovery point, worst',
      value: `${atLeast}${milliseconds(worstRpoSeconds(spans) * 1000)}`,
      note: `${count(lost)} of ${count(acknowledged)} acknowledged ${name} lost${unknown > 0 ? `, ${count(unknown)} unknown` : ''}`,
    },
  ];
}
