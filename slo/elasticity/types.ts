/** What steps of load found: seconds on the plan's clock, durations in seconds. docs/elasticity.md defines them. */
import type { UnitOfWork } from '../../profiles/types.ts';
import type { Answer } from '../answer.ts';

/** Replicas of all services together in one step. */
export interface StepReplicas {
  readonly highest: number;
  /** In the step's last second. */
  readonly settled: number;
  /** Sum over services of the most each had beyond what it settled at; only where load rose. */
  readonly overshoot?: number;
  /** Until the last change of any service's; 0 if none changed, absent if they still did at the end. */
  readonly settledAfterSeconds?: number;
  /** How many more than under the same load on its way up; only where load fell to one it had held before. */
  readonly surplus?: number;
}

/** What units of work took. */
export interface WorkCost {
  readonly replicaSeconds: number;
  /** Where readings are missing, the true figure lies between `replicaSeconds` and this. */
  readonly upToReplicaSeconds?: number;
  readonly work: number;
  /** Absent without any work. */
  readonly secondsPer1000?: number;
}

export interface StepOutcome {
  /** The hold that the step leads to. */
  readonly phase: string;
  readonly kind: 'start' | 'up' | 'down';
  readonly multiplier: number;
  /** When load begins to change, when it has changed, and when the hold ends. */
  readonly fromSecond: number;
  readonly reachedSecond: number;
  readonly endSecond: number;
  /** pass: every service kept its objectives again before the end; inconclusive: not measured to its end, or no requests. */
  readonly answer: Answer;
  /** From the step's beginning, of the service that took longest; 0 if none lost any, absent if one never held again. */
  readonly holdAgainSeconds?: number;
  /** The services that took longest, or never held again. */
  readonly slowest: readonly string[];
  /** Services with a bad second and too few requests afterwards to tell; they decide nothing. */
  readonly unknown: readonly string[];
  readonly replicas?: StepReplicas;
  readonly cost?: WorkCost;
}

export interface ElasticityReport {
  readonly work: UnitOfWork;
  readonly steps: readonly StepOutcome[];
  /** Services whose replicas were to be counted and never told. */
  readonly silent: readonly string[];
  /** Over all steps; absent where replicas were not counted, or a step was not measured to its end. */
  readonly cost?: WorkCost;
  /** What as many replicas as the highest load needed would have taken, had they been kept all the time. */
  readonly fixedReplicaSeconds?: number;
  /** What the target allows for 1,000 units of work. */
  readonly budgetSecondsPer1000?: number;
}
