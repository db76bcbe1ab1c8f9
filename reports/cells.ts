/** Cells of tables, words of charts, and standings told three ways: what every part of a report is made of. */
import type { Answer } from '../slo/types.ts';

/** An answer, or `none` where nothing was measured. */
export type Standing = Answer | 'none';

/** A standing told three ways, so that none depends on colour. */
export interface Status {
  readonly standing: Standing;
  readonly symbol: string;
  readonly word: string;
}

export interface Cell {
  readonly text: string;
  /** Smaller second line. */
  readonly note?: string;
  readonly status?: Status;
}

export interface Column {
  readonly label: string;
  readonly align: 'text' | 'number';
}

/** The first cell of a row is its header. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A chart's words: what a reader who cannot see it needs to know. */
export interface ChartText {
  readonly title: string;
  readonly summary: string;
}
