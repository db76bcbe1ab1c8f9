/** What was seen of pages in browsers: loads, web vitals, errors and sessions, as rows of Measurements. */
import type { Histogram } from '../statistics/histogram-data.ts';

/** A page load (from the navigation's start to the end of its load event) and the web vitals. */
export const pageMetrics = ['page-load', 'lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const;
export type PageMetric = (typeof pageMetrics)[number];
export type Vital = Exclude<PageMetric, 'page-load'>;

/**
 * Who told it: beacons of `real` users, beacons of our own browser (`synthetic`), that browser's own clock beside
 * them (`browser`), or virtual users that only send beacons to load a collector (`virtual`), which prove nothing.
 */
export const pageOrigins = ['real', 'synthetic', 'browser', 'virtual'] as const;
export type PageOrigin = (typeof pageOrigins)[number];
/** Origins whose beacons say how pages were for somebody. */
export const visitors = ['real', 'synthetic'] as const satisfies readonly PageOrigin[];
export type Visitor = (typeof visitors)[number];

export const devices = ['desktop', 'phone'] as const;
export type Device = (typeof devices)[number];

/** How many values were good, in need of improvement, or poor, by the limits of web.dev. */
export interface Bands {
  readonly good: number;
  readonly fair: number;
  readonly poor: number;
}

/** Values of one metric, in ms (CLS has no unit). */
export interface PageValues {
  readonly histogram: Histogram;
  /** Of the values, for the interval of their mean. */
  readonly sumOfSquares: number;
  /** Web vitals only. */
  readonly bands?: Bands;
}

/** Whose values they are. */
export interface PageKey {
  readonly page: string;
  readonly origin: PageOrigin;
  readonly device: Device;
  /** Whether the browser had its files already; only our own browser tells. */
  readonly cache?: 'cold' | 'warm';
  readonly metric: PageMetric;
}

export interface PageRow extends PageKey, PageValues {
  /** First second of the slice (`Measurements.sliceSeconds` long). */
  readonly second: number;
  readonly phase: string;
}

/** Errors that look the same: one row a group, phase and page. */
export interface ExceptionRow {
  readonly phase: string;
  readonly page: string;
  readonly origin: PageOrigin;
  readonly type: string;
  readonly message: string;
  /** Top frame of the stack, `file:line`; empty if there was none. */
  readonly where: string;
  readonly count: number;
  readonly firstSecond: number;
  readonly lastSecond: number;
}

/** Sessions by the second in which they began, also what is learnt of them later. */
export interface SessionRow {
  readonly second: number;
  readonly phase: string;
  readonly origin: PageOrigin;
  readonly sessions: number;
  /** Of these sessions, those with a JavaScript error. */
  readonly withErrors: number;
}

/** When one file of a page was fetched, in ms since the page's navigation began. */
export interface ResourceTiming {
  /** Address without host and query. */
  readonly name: string;
  readonly kind: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly bytes: number;
}

/** One load of a page with everything that it fetched. */
export interface PageWaterfall {
  readonly second: number;
  readonly phase: string;
  readonly page: string;
  readonly device: Device;
  readonly cache: 'cold' | 'warm';
  readonly loadMs: number;
  readonly resources: readonly ResourceTiming[];
}

/** What a page looked like at a moment of its load. */
export interface Frame {
  readonly page: string;
  readonly device: Device;
  /** For example `content` or `loaded`. */
  readonly milestone: string;
  /** Since the navigation began. */
  readonly atMs: number;
  readonly pngBase64: string;
}

export interface PageMeasurements {
  readonly rows: readonly PageRow[];
  readonly exceptions: readonly ExceptionRow[];
  readonly sessions: readonly SessionRow[];
  /** The slowest load of each page and device. */
  readonly waterfalls: readonly PageWaterfall[];
  readonly frames: readonly Frame[];
  /** Beacons that were turned away, or parts of them that were left out, by cause. */
  readonly rejections: readonly { readonly cause: string; readonly count: number }[];
  /** Why our own browser measured nothing, or less than planned; empty if it did. */
  readonly problems: readonly string[];
}
