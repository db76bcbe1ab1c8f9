/** Compares runs from their folders, or one from its folder with one that has just ended. */

import type { LoadPlan } from '../profiles/types.ts';
import { PeakproofError, problem } from '../scenarios/problem.ts';
import { planDifferences, worthlessness } from '../slo/compare/comparable.ts';
import { compareRuns, withheld } from '../slo/compare/compare.ts';
import type { ComparedRun, Comparison, LeastEffect } from '../slo/compare/types.ts';
import type { Measurements } from '../slo/measurements.ts';
import { measurementsOf } from './evaluate-run.ts';
import type { Manifest, RunInputs } from './store/manifest.ts';
import { readRunFolder } from './store/read-run.ts';
import type { RehearsalRequest } from './types.ts';

/** A run as the comparison needs it. */
export function comparedRun(manifest: Manifest, inputs: RunInputs, measurements: Measurements): ComparedRun {
  const { plan, suite, objectives } = inputs;
  const { platform, cpuModel, cores, memoryMb } = manifest.host;
  return {
    id: manifest.tag === undefined ? manifest.id : `${manifest.tag} (${manifest.id})`,
    plan,
    catalog: suite.catalog,
    objectives,
    measurements,
    toolVersions: manifest.toolVersions,
    scenarioFiles: manifest.scenarios,
    host: [platform, cpuModel ?? '', `${cores} cores`, `${memoryMb} MB`].join(' '),
  };
}

/** @throws PeakproofError RUN_NOT_FOUND, RUN_FORMAT_UNKNOWN or RUN_ALTERED. */
export function readComparedRun(path: string): ComparedRun {
  const run = readRunFolder(path);
  return comparedRun(run.manifest, run, measurementsOf(run));
}

export interface CompareOptions {
  readonly leastEffect: LeastEffect;
  /** Go on although the runs are not comparable; the comparison tells why they are not. */
  readonly force: boolean;
}

/** @throws PeakproofError RUNS_NOT_COMPARABLE with every reason, unless forced. */
export function compare(
  base: ComparedRun,
  candidate: ComparedRun,
  { leastEffect, force }: CompareOptions,
): Comparison {
  const comparison = compareRuns(base, candidate, leastEffect);
  if (!force) refuse(comparison.refusals);
  return comparison;
}

/**
 * Refuses a baseline that a run of this plan could not be compared with, before any load.
 * @throws PeakproofError RUNS_NOT_COMPARABLE with every reason.
 */
export function checkBaseline(base: ComparedRun, plan: LoadPlan): void {
  refuse([...planDifferences(base.plan, plan), ...worthlessness('baseline', base)]);
}

/** Compares a run that has ended with its baseline. What makes it incomparable is said; it is too late to refuse. */
export async function compareWithBaseline(
  { baseline }: Pick<RehearsalRequest, 'baseline'>,
  candidate: ComparedRun,
): Promise<Comparison | undefined> {
  const run = await baseline?.run;
  return baseline && run && withheld(compareRuns(run, candidate, baseline.leastEffect));
}

function refuse(reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  throw new PeakproofError(reasons.map((reason) => problem('RUNS_NOT_COMPARABLE', reason)));
}
