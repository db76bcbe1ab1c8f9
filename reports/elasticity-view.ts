/** What a report says of steps of load. */
import type { ChartText, Status, Table } from './cells.ts';

/** How replicas followed the load, how long it took, what it cost. */
export interface ElasticityView {
  readonly status: Status;
  readonly lead: string;
  /** For formats without room for tables: what the lead leaves out, a sentence each. */
  readonly findings: readonly string[];
  readonly steps: Table;
  readonly chart: ChartText;
  readonly points: readonly ElasticityPoint[];
  /** What the figures rest on. */
  readonly assumptions: readonly string[];
}

export interface ElasticityPoint {
  readonly second: number;
  readonly multiplier: number;
  /** Absent where replicas were not counted. */
  readonly replicas?: number;
  readonly p99Ms?: number;
}
