/** What a report says of drills. */
import type { Status, Table } from './cells.ts';

/** What was broken on purpose, and what the system made of it. */
export interface DrillsView {
  readonly lead: string;
  /** For formats without room for tables. */
  readonly drills: readonly DrillLine[];
  /** Changes that alternated with none: what they cost beside it, a sentence each. */
  readonly comparisons: readonly string[];
  readonly times: Table;
  readonly costs: Table;
  /** Drills that failed or prove nothing, backlogs and the age of data: a sentence each. */
  readonly notes: readonly string[];
  /** What the figures rest on. */
  readonly assumptions: readonly string[];
  readonly blastRadius: BlastRadiusView;
}

/** One drill in a sentence. */
export interface DrillLine {
  readonly id: string;
  readonly service: string;
  readonly status: Status;
  readonly text: string;
}

/** Who was broken × who suffered. */
export interface BlastRadiusView {
  readonly summary: string;
  readonly caption: string;
  readonly services: readonly string[];
  /** A cell for each service, in their order. */
  readonly rows: readonly { readonly name: string; readonly cells: readonly MatrixCell[] }[];
  readonly legend: readonly { readonly symbol: string; readonly text: string }[];
  /** Undeclared couplings and missing fall-backs. */
  readonly findings: readonly string[];
  /** Declared dependencies that no failure showed. */
  readonly untested: readonly string[];
}

/** A status without words of its own, and how long it lasted; may be empty. */
export interface MatrixCell extends Status {
  readonly note: string;
}
