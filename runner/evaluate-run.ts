/** Evaluates a run again from its folder alone. */
import type { Measurements } from '../slo/measurements.ts';
import type { Policy } from '../slo/types.ts';
import { Aggregate } from './collect/aggregate.ts';
import { type Conclusion, conclude } from './conclude.ts';
import { readRunFolder, type SavedRun } from './store/read-run.ts';

export interface EvaluatedRun extends Conclusion {
  readonly run: SavedRun;
}

/**
 * Reads a folder's log up to its end or first damage and judges it, under another policy if one is given.
 * Without one, the model renders to the very bytes that the run wrote.
 * @throws PeakproofError RUN_NOT_FOUND, RUN_FORMAT_UNKNOWN, RUN_ALTERED or NO_OBJECTIVES.
 */
export function evaluateRun(path: string, options: { readonly policy?: Policy } = {}): EvaluatedRun {
  const run = readRunFolder(path);
  return {
    run,
    ...conclude(run, run.manifest, measurementsOf(run), options.policy ?? run.policy, run.comparison),
  };
}

/** Reads a run's log up to its end or first damage. */
export function measurementsOf(run: SavedRun): Measurements {
  const aggregate = new Aggregate(run.plan);
  const damage = run.replay((frame) => aggregate.addFrame(frame));
  return aggregate.finish({ summary: run.summary, damage });
}
