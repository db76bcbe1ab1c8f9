/** What a gate tolerates, and what follows from a verdict under it. */

/** Labels that an objective must all have; an empty one matches every objective. */
export type LabelSelector = Readonly<Record<string, string>>;

/** A failure that somebody answers for, for a while: it does not block, and is never told as a pass. */
export interface Waiver {
  /** An objective's id, or labels. */
  readonly objective: string | LabelSelector;
  readonly owner: string;
  readonly reason: string;
  /** ISO date; the waiver holds to the end of that day, UTC. */
  readonly expires: string;
  readonly source: { readonly file: string; readonly line: number };
}

/** What a comparison with a baseline found to have become worse. */
export interface Regression {
  /** Absent if it is the service's as a whole. */
  readonly objectiveId?: string;
  readonly service: string;
  readonly kind: 'latency' | 'errors';
  /** Of `latency`: by which share of the baseline's; of `errors`: by how much the bad share rose. Unknown if absent. */
  readonly shiftShare?: number;
  /** The finding as a sentence with its figures. */
  readonly summary: string;
}

/** Which regressions do not block; one that fits any part is told and let through. */
export interface RegressionTolerance {
  /** Largest share of the baseline's latency by which it may rise. */
  readonly latency?: number;
  /** Largest rise of the bad share. */
  readonly errors?: number;
  /** Regressions of objectives with these labels. */
  readonly selectors?: readonly LabelSelector[];
}

/** What a gate tolerates: one per environment. */
export interface Policy {
  readonly name: string;
  readonly description: string;
  /** An objective blocks if one of these selects it. */
  readonly blocking: readonly LabelSelector[];
  /** What an inconclusive blocking objective does: `hold` ends with exit code 3, `tolerate` passes with a warning. */
  readonly inconclusive: 'hold' | 'tolerate';
  /** What a partial run does, likewise. */
  readonly partial: 'hold' | 'tolerate';
  /** A pass on fewer events than this counts as inconclusive. A census, which is no sample, is exempt. */
  readonly leastSample?: number;
  /** How many failures are assumed to come together until the run's own show more; at least 1, and 1 if absent. */
  readonly assumedDesignEffect?: number;
  readonly toleratedRegressions?: RegressionTolerance;
  readonly waivers?: readonly Waiver[];
}

/** An objective that did not pass and that a waiver lets through. */
export interface Waived extends Omit<Waiver, 'objective' | 'source'> {
  readonly objective: string;
}

export interface Decision {
  readonly policy: Policy;
  readonly outcome: 'pass' | 'fail' | 'hold';
  readonly exitCode: number;
  /** Objective ids that decided a fail or hold, the worst first; none if regressions or the run itself did. */
  readonly because: readonly string[];
  /** Objective ids that are not pass, or too few events for one, but were tolerated. */
  readonly tolerated: readonly string[];
  /** Those of `because` and `tolerated` that passed on fewer events than the policy's least sample. */
  readonly tooFewEvents: readonly string[];
  /** What blocks, did not pass, and is let through by name. */
  readonly waived: readonly Waived[];
  readonly regressions: {
    readonly blocking: readonly Regression[];
    readonly tolerated: readonly Regression[];
  };
  readonly summary: string;
}
