/** What a run folder says about its run: run.json, and the values that were decided before the load. */
import type { InterleaveSide } from '../../profiles/interleave.ts';
import type { LoadPlan } from '../../profiles/types.ts';
import type { SuiteFacts } from '../../reports/model.ts';
import type { PastRun } from '../../reports/past-run.ts';
import type { HostFacts } from '../../reports/run-facts.ts';
import type { Objective, Policy } from '../../slo/types.ts';
import type { SourceFacts } from '../source.ts';
import { files } from './layout.ts';

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
  readonly source: SourceFacts;
  /** SHA-256 of each script that the generator loaded, by its path from the entry script's folder. */
  readonly scenarios: Readonly<Record<string, string>>;
}

/** Everything the verdict depends on beside the measurements. */
export interface RunInputs {
  readonly plan: LoadPlan;
  readonly objectives: readonly Objective[];
  readonly policy: Policy;
  /** The part of a suite that reports need, as data. */
  readonly suite: SuiteFacts;
  /** Comparable runs before this one, the oldest first: what its report shows of them stays as it was. */
  readonly history: readonly PastRun[];
}

/** The file that holds each input. */
export const inputFiles = {
  plan: 'plan.json',
  objectives: 'objectives.json',
  policy: 'policy.json',
  suite: 'suite.json',
  history: 'history.json',
} as const satisfies Record<keyof RunInputs, string>;

/** What is on disk before the first request is sent; the log begins with the checksum of each. */
export const filesBeforeLoad: readonly string[] = [files.manifest, ...Object.values(inputFiles)];

export const inputNames = Object.keys(inputFiles) as (keyof RunInputs)[];
