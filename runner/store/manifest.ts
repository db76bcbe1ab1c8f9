/** What a run folder says about its run: run.json, and the values that were decided before the load. */
import type { InterleaveSide } from '../../profiles/interleave.ts';
import type { LoadPlan } from '../../profiles/types.ts';
import type { SuiteFacts } from '../../reports/model.ts';
import type { HostFacts } from '../../reports/run-facts.ts';

import type { Objective, Policy } from '../../slo/types.ts';

/** run.json: written first, so that a folder tells what it is however early the run died. */
export interface Manifest {
  readonly formatVersion: number;
  /** What reports call the run: the name of its folder when it was made. */
  readonly id: string;
  readonly peakproof: string;
  readonly suite: string;
  readonly profile: string;
  readonly target: string;
  readonly seed: number;
  /** A name that the user gave the run, to find it by. */
  readonly tag?: string;
  /** Which side it was, if it took turns with another system. */
  readonly side?: InterleaveSide;
  /** The command line that repeats this run. */
  readonly command: string;
  /** ms since the epoch. */
  readonly createdAtMs: number;
  readonly toolVersions: Readonly<Record<string, string>>;
  readonly host: HostFacts;
}

/** Everything the verdict depends on beside the measurements. */
export interface RunInputs {
  readonly plan: LoadPlan;
  readonly objectives: readonly Objective[];
  readonly policy: Policy;
  /** The part of a suite that reports need, as data. */
  readonly suite: SuiteFacts;
}

/** The file that holds each input. */
export const inputFiles = {
  plan: 'plan.json',
  objectives: 'objectives.json',
  policy: 'policy.json',
  suite: 'suite.json',
} as const satisfies Record<keyof RunInputs, string>;

export const inputNames = Object.keys(inputFiles) as (keyof RunInputs)[];
