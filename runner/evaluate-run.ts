/** Evaluates a run again from its folder alone. */
import type { Measurements } from '../slo/measurements.ts';
import type { Policy } from '../slo/types.ts';
import { Aggregate } from './collect/aggregate.ts';
import { type Conclusion, conclude } from './conclude.ts';
import { sha256 } from './store/checksum.ts';
import { type Checksums, evidenceOf } from './store/evidence.ts';
import { readRunFolder, type SavedRun } from './store/read-run.ts';
import { fileText } from './store/write.ts';

export interface EvaluatedRun extends Conclusion {
  readonly run: SavedRun;
}

/** A policy that decides instead of the run's own, and the time (ms since the epoch) at which it does. */
export interface OtherPolicy {
  readonly policy: Policy;
  readonly nowMs: number;
}

/**
 * Reads a folder's log up to its end or first damage and judges it, under another policy if one is given.
 * Without one, the model renders to the very bytes that the run wrote: waivers are held against the time of
 * the run.
 * @throws PeakproofError RUN_NOT_FOUND, RUN_FORMAT_UNKNOWN, RUN_ALTERED, WAIVER_EXPIRED or NO_OBJECTIVES.
 */
export function evaluateRun(path: string, other?: OtherPolicy): EvaluatedRun {
  const run = readRunFolder(path);
  const { manifest, comparison } = run;
  const { policy, nowMs } = other ?? { policy: run.policy, nowMs: manifest.createdAtMs };
  const circumstances = {
    ...{ policy, nowMs, checksums: () => checksumsUnder(evidenceOf(run.path, manifest), other) },
    ...(comparison === undefined ? {} : { comparison }),
  };
  return { run, ...conclude(run, manifest, measurementsOf(run), circumstances) };
}

/** Reads a run's log up to its end or first damage; of a run that was killed, also what its supervisor did then. */
export function measurementsOf(run: SavedRun): Measurements {
  const aggregate = new Aggregate(run.plan);
  const damage = run.replay((frame) => aggregate.addFrame(frame));
  aggregate.addJournal(run.journal);
  return aggregate.finish({ summary: run.summary, damage });
}

function checksumsUnder(checksums: Checksums, other: OtherPolicy | undefined): Checksums {
  return other === undefined ? checksums : { ...checksums, policy: sha256(fileText(other.policy)) };
}
