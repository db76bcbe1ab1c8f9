/** The figures over steps of load that objectives are judged by: the one list of them. */
import type { Measurements, ReadingRow } from '../measurements.ts';
import type { ElasticityReport } from './types.ts';

/** The measurements with what was found out about steps of load. */
export function withElasticity(
  measurements: Measurements,
  report: ElasticityReport | undefined,
): Measurements {
  if (report === undefined) return measurements;
  return { ...measurements, readings: [...measurements.readings, ...readingsOf(report, measurements)] };
}

/**
 * Each as wide as what is not known leaves it: a step that was not measured may not have held. None of a load that
 * never changed, and none of a cost that is not known.
 */
function readingsOf(
  { steps, cost, budgetSecondsPer1000: budget }: ElasticityReport,
  { measuredSeconds: second }: Measurements,
): ReadingRow[] {
  const number = (answer: string) => steps.filter((step) => step.answer === answer).length;
  const [failed, open] = [number('fail'), number('inconclusive')];
  const notHeld = { second, reading: 'load-steps-not-held', value: failed };
  const hasChanged = steps.some(({ kind }) => kind !== 'start');
  const rows: ReadingRow[] = hasChanged ? [open === 0 ? notHeld : { ...notHeld, upTo: failed + open }] : [];
  if (cost?.secondsPer1000 === undefined || budget === undefined) return rows;
  const upTo = (cost.upToReplicaSeconds ?? cost.replicaSeconds) / cost.replicaSeconds;
  const value = cost.secondsPer1000 / budget;
  const spent = { second, reading: 'replica-budget-spent', value };
  return [...rows, upTo > 1 ? { ...spent, upTo: value * upTo } : spent];
}
