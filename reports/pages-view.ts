/** The report's page-load section, as words, tables and the geometry of its few drawings. */
import type { Cell, Table } from './cells.ts';

/** One bar of a histogram: where it lies between the axis' ends, and how high it is; both 0 to 1. */
export interface HistogramBar {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

export interface DistributionView {
  readonly title: string;
  readonly summary: string;
  readonly bars: readonly HistogramBar[];
  readonly least: string;
  readonly most: string;
}

/** A web vital of one page: shares add up to 1. */
export interface VitalView {
  readonly name: string;
  readonly page: string;
  /** 75th percentile and how many page views it is of. */
  readonly measured: Cell;
  readonly limits: string;
  readonly good: number;
  readonly fair: number;
  readonly poor: number;
  readonly shares: string;
}

export interface ResourceView {
  readonly name: string;
  readonly kind: string;
  /** Of the load's length, 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface WaterfallView {
  readonly title: string;
  readonly resources: readonly ResourceView[];
}

export interface FrameView {
  readonly caption: string;
  /** A `data:` address; PNG. */
  readonly image: string;
}

export interface FilmView {
  readonly title: string;
  readonly frames: readonly FrameView[];
}

export interface PagesView {
  readonly summary: string;
  /** What was not measured as planned, a sentence each. */
  readonly problems: readonly string[];
  readonly loads?: Table;
  readonly byPhase?: Table;
  readonly distribution?: DistributionView;
  readonly vitals: readonly VitalView[];
  readonly exceptions?: Table;
  readonly waterfalls: readonly WaterfallView[];
  readonly films: readonly FilmView[];
  readonly rejections?: Table;
}
