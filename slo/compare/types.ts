/** What a comparison of two runs says: every change with its interval, and which of them are regressions. */
import type { LoadPlan } from '../../profiles/types.ts';
import type { Catalog } from '../../scenarios/model.ts';
import type { Measurements } from '../measurements.ts';
import type { Objective, Regression as PolicyRegression } from '../types.ts';

/** One of the two runs that are compared. */
export interface ComparedRun {
  readonly id: string;
  readonly plan: LoadPlan;
  readonly catalog: Catalog;
  readonly objectives: readonly Objective[];
  readonly measurements: Measurements;
  readonly toolVersions: Readonly<Record<string, string>>;
  /** Operating system, processor, cores and memory of the generator's machine, as one text. */
  readonly host: string;
  /** A checksum of each file that the generator ran, where the run kept them. */
  readonly scenarioFiles?: Readonly<Record<string, string>>;
}

/** A change below this does not matter, however sure it is. */
export interface LeastEffect {
  /** Of the baseline's latency: 0.1 is ten percent. Both this and `latencyMs` must be exceeded. */
  readonly latencyShare: number;
  readonly latencyMs: number;
  /** Rise of the bad share: 0.001 is one more bad event in a thousand. */
  readonly badShare: number;
}

export const usualLeastEffect: LeastEffect = { latencyShare: 0.1, latencyMs: 2, badShare: 0.001 };

/**
 * `worse`: by more than the least effect, for sure. `better`: likewise. `same`: surely no worse by the least
 * effect. `unclear`: the blocks are too few or too unlike each other to tell.
 */
export type ChangeStanding = 'worse' | 'better' | 'same' | 'unclear';

/** One figure in both runs. Latency is in ms, errors are shares of bad events (0 to 1). */
export interface Change {
  readonly kind: 'latency' | 'errors';
  /** A service of the catalog; for objectives also a journey or `system`. */
  readonly service: string;
  /** Set if the figure is an objective's bad share instead of the service's own. */
  readonly objectiveId?: string;
  readonly standing: ChangeStanding;
  /** Undefined without enough blocks in that run. */
  readonly before?: number;
  readonly after?: number;
  /** After minus before, with a two-sided 95 % interval; in the unit of the figure. */
  readonly shift?: number;
  readonly low?: number;
  readonly high?: number;
  /** One-sided, for "worse by more than the least effect"; adjusted for all tests of the comparison (Holm). */
  readonly pValue?: number;
  /** The rise that had to be exceeded, in the unit of the figure: least effect, and what all services share. */
  readonly threshold?: number;
  /** Services whose own regressions explain this one; then it is none of its own. */
  readonly consequenceOf?: readonly string[];
}

/** A change for the worse that no other service explains. */
export interface Regression extends PolicyRegression {
  /** Of service latency only. */
  readonly shiftMs?: number;
  readonly shiftShare: number;
  /** 95 % interval of the shift, in ms for service latency and as a share otherwise. */
  readonly low: number;
  readonly high: number;
  /** Adjusted for all tests of the comparison (Holm). */
  readonly pValue: number;
}

/** `nothing`: no figure could be compared, or the whole system changed as if its machine had. */
export type ComparisonOutcome = 'regression' | 'none' | 'nothing';

/** Why two runs may not be compared, or only with care. */
export interface Comparability {
  /** Reasons that make a comparison meaningless; told and overruled by `--force`. */
  readonly refusals: readonly string[];
  /** Differences that a reader must know. */
  readonly flags: readonly string[];
}

/** Saved as comparison.json. No clock and no path in it: the same two runs give the same bytes. */
export interface Comparison {
  readonly version: 1;
  readonly baseline: string;
  readonly candidate: string;
  readonly outcome: ComparisonOutcome;
  /** The outcome in one sentence. */
  readonly summary: string;
  readonly leastEffect: LeastEffect;
  readonly blockSeconds: number;
  /** Blocks that both runs have. */
  readonly blocks: number;
  /** Tests that Holm's correction counts. */
  readonly tests: number;
  /** Median relative change of latency over services that call no other: the machine's doing, or a common cause. */
  readonly commonShiftShare?: number;
  readonly refusals: readonly string[];
  readonly flags: readonly string[];
  readonly regressions: readonly Regression[];
  /** Services' latency and errors, then objectives; in the order of the catalog. */
  readonly changes: readonly Change[];
}
