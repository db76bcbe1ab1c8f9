/** Why measurements are only a part of the plan, in words that a report prints as they are. */
import type { Reconciliation, RunEnd } from '../../slo/measurements.ts';
import type { LogDamage } from '../store/read-log.ts';
import { differences } from './reconcile.ts';

export interface Completeness {
  readonly end: RunEnd;
  readonly measuredSeconds: number;
  readonly durationSeconds: number;
  readonly started: boolean;
  readonly gaps: readonly string[];
  readonly damage: LogDamage | undefined;
  readonly reconciliation: readonly Reconciliation[] | undefined;
  readonly overflowPoints: number;
}

/** Empty for a complete run. Stopping at a failure is what such a profile plans, so it is complete. */
export function partialReasons(run: Completeness): string[] {
  return [
    ...endReasons(run),
    ...run.gaps,
    ...damageReasons(run.damage),
    ...reconciliationReasons(run),
    ...(run.overflowPoints > 0
      ? [`${run.overflowPoints} data points lost their labels to k6's cardinality limit`]
      : []),
  ];
}

function endReasons({ end, measuredSeconds, durationSeconds, started }: Completeness): string[] {
  const after = `after ${measuredSeconds} of ${durationSeconds} s`;
  switch (end) {
    case 'interrupted':
      return [`the run was interrupted ${after}`];
    case 'aborted':
      return [`the run was aborted ${after}`];
    case 'generator-failed':
      return [`the load generator failed ${after}`];
    case 'killed':
      return [`the run was killed ${after}`];
    default:
      return started ? [] : ['no iteration ever started'];
  }
}

function damageReasons(damage: LogDamage | undefined): string[] {
  if (damage === undefined) return [];
  const { kind, goodBytes, totalBytes } = damage;
  const lost = `only its first ${goodBytes} of ${totalBytes} bytes count`;
  return [
    kind === 'truncated'
      ? `measurements.log was cut off: ${lost}`
      : `measurements.log was altered (RUN_ALTERED): ${lost}`,
  ];
}

/** A killed run has no totals to be held against, and says already that it was killed. */
function reconciliationReasons({ end, reconciliation }: Completeness): string[] {
  if (reconciliation !== undefined) return differences(reconciliation);
  return end === 'killed' ? [] : ['k6 left no totals to hold the measurements against'];
}
