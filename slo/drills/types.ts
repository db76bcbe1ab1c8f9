/** What drills found: times on the plan's clock (seconds, fractional), durations in seconds. docs/drills.md defines them. */
import type { FaultKind } from '../../profiles/faults.ts';
import type { Answer } from '../answer.ts';
import type { ShareCounts } from '../statistics/share-bounds.ts';

/** A burn-rate alert that would have fired because of a fault. */
export interface DrillAlert {
  readonly objectiveId: string;
  readonly name: string;
  readonly severity: string;
  /** From the moment the fault took effect. */
  readonly afterSeconds: number;
}

/** What a fault cost its customers, from its beginning until it was over and everything was good again. */
export interface DrillCost {
  readonly requests: number;
  /** Requests to any service that broke their contract. */
  readonly failedRequests: number;
  readonly fallbacks: number;
  /** Visits that were due and never began. */
  readonly dropped: number;
  /** Journeys of which some failed. */
  readonly journeys: readonly { readonly journey: string; readonly total: number; readonly failed: number }[];
  /** Of the broken service's objective that lost most: see `budgetSpent` in slo/drills/cost.ts. */
  readonly budget?: BudgetSpent;
}

export interface BudgetSpent {
  readonly objectiveId: string;
  /** Seconds of full outage that would have been as bad. */
  readonly outageSeconds: number;
  /** That over what the objective's whole window (30 days or so) allows. */
  readonly share: number;
}

/** How a reading, such as a backlog or the age of data, came back after a fault. */
export interface DrillReading {
  readonly reading: string;
  /** `backlog` is back at the level before the fault; `objective` keeps its limit again. */
  readonly kind: 'backlog' | 'objective';
  /** Largest value in the drill. */
  readonly highest: number;
  /** A backlog's from the fault's end, an objective's from its beginning; absent if it did not come back. */
  readonly backAfterSeconds?: number;
}

/** Whose seconds are not held against a promise, because they were broken on purpose. `toSecond` is exclusive. */
export interface Excuse {
  readonly kind: 'service' | 'journey' | 'scenario' | 'reading';
  readonly name: string;
  readonly fromSecond: number;
  readonly toSecond: number;
}

/** What one objective of a changed service saw during the change, and in the calm just before it. */
export interface WithAndWithout {
  readonly objectiveId: string;
  readonly during: ShareCounts;
  readonly calm: ShareCounts;
}

/** A change that was made several times, each after a calm of the same load: with it held against without it. */
export interface AlternatedChange extends WithAndWithout {
  readonly fault: FaultKind;
  readonly service: string;
  readonly times: number;
  /** For "more are bad with it", over all times together (Fisher), times the number of objectives looked at; at most 1. */
  readonly p: number;
}

export interface DrillOutcome {
  /** The planned fault's id. */
  readonly id: string;
  readonly service: string;
  readonly fault: FaultKind;
  readonly driver: string;
  /** pass: it took effect, was rolled back, and the system recovered. Says nothing of how fast that was. */
  readonly answer: Answer;
  /** Why, in one sentence. */
  readonly reason: string;
  readonly injectedSecond?: number;
  readonly tookEffectSecond?: number;
  /** When its last roll-back action was done. */
  readonly endedSecond?: number;
  /** When the service and all that may fail with it were good again. */
  readonly recoveredSecond?: number;
  /** From the fault's beginning to the end of what could be seen of it: what a missing recovery is known to exceed. */
  readonly watchedSeconds: number;
  /** From taking effect to the first bad second of the service or of one that depends on it; absent if none was bad. */
  readonly detectSeconds?: number;
  readonly alert?: DrillAlert;
  /** From taking effect to the first answer of a stand-in. */
  readonly mitigateSeconds?: number;
  /** From the fault's beginning, as MTTR counts. */
  readonly recoverSeconds?: number;
  /** From the fault's end; 0 if the system was good again before. */
  readonly recoverFromEndSeconds?: number;
  readonly cost?: DrillCost;
  /** What as many seconds just before the fault spent, under the same load: what the fault is to be held against. */
  readonly calm?: BudgetSpent;
  /** Of a change that shall cost nothing: one for each objective of the service that saw events in both. */
  readonly beside?: readonly WithAndWithout[];
  readonly readings: readonly DrillReading[];
  readonly excused: readonly Excuse[];
  readonly problems: readonly string[];
}

/**
 * What the catalog says of a service while another is broken: `self`; `needs`: it calls the broken one and fails without
 * it; `may-fail`: it needs one that does; `tolerates`: it calls the broken one, directly or through others, and shall
 * answer without; `apart`.
 */
export type Relation = 'self' | 'needs' | 'may-fail' | 'tolerates' | 'apart';

/** How a service fared; `unknown`: too few requests to tell. */
export type Fared = 'held' | 'degraded' | 'broken' | 'unknown';

export interface BlastCell {
  readonly service: string;
  readonly relation: Relation;
  readonly fared: Fared;
  /** fail: broken, and nothing that is declared allows it; inconclusive: unknown; pass otherwise. */
  readonly answer: Answer;
  /** Requests and probes of the objective that fared worst. */
  readonly total: number;
  readonly bad: number;
  readonly badSeconds: number;
  readonly objectiveId?: string;
  /** Until the service was good again, from the fault's beginning, if it was broken or degraded. */
  readonly recoverSeconds?: number;
}

/** One drill and what every service did meanwhile. */
export interface BlastRow {
  readonly drill: string;
  readonly broken: string;
  readonly cells: readonly BlastCell[];
}

export interface BlastRadius {
  readonly services: readonly string[];
  readonly rows: readonly BlastRow[];
  /** Undeclared couplings and missing fall-backs, a sentence each. */
  readonly findings: readonly string[];
  /** Declared needs that no failure showed, and pairs with too little traffic to tell, a sentence each. */
  readonly untested: readonly string[];
}

export interface DrillReport {
  readonly drills: readonly DrillOutcome[];
  readonly alternated: readonly AlternatedChange[];
  readonly blastRadius: BlastRadius;
}
