/** What the runner itself records beside k6's metrics: the JSON frames of measurements.log. */
import type { LedgerResult } from '../../slo/ledger/result.ts';
import type { GeneratorRow, MetricSeries, RunEnd } from '../../slo/measurements.ts';
import type {
  ExceptionRow,
  Frame,
  PageKey,
  PageValues,
  PageWaterfall,
  SessionRow,
} from '../../slo/pages/types.ts';
import type { FaultEvent } from '../faults/events.ts';

/** Who is asked in each round of probes that follows, and when after it began. */
export interface ProbeSchedule {
  readonly services: readonly string[];
  readonly offsetsMs: readonly number[];
}

/**
 * What the probes of one round found, in the order of their schedule: a day of twenty services is millions of
 * probes, and reading a record for each takes several times as long.
 */
export interface ProbeRound {
  /** How long each answer took; null for those that failed. */
  readonly latenciesMs: readonly (number | null)[];
  readonly failures: readonly { readonly index: number; readonly cause: string }[];
}

/** Errors of one second that look the same. */
export type ExceptionCount = Omit<ExceptionRow, 'phase' | 'firstSecond' | 'lastSecond'>;

/** Sessions that began in one second, and what was learnt of them. */
export type SessionCount = Omit<SessionRow, 'phase' | 'second'> & { readonly startedAtMs: number };

/** Times are wall clock, ms since the epoch: second 0 is only known when k6's first iteration starts. */
export type RunEvent =
  /** The first frame: SHA-256 of each file that was written before the load, by its name. */
  | { readonly type: 'inputs'; readonly sha256: Readonly<Record<string, string>> }
  | ({ readonly type: 'probe-schedule' } & ProbeSchedule)
  /** One round of probes, a second long. */
  | ({ readonly type: 'probes'; readonly atMs: number } & ProbeRound)
  | {
      readonly type: 'generator';
      readonly atMs: number;
      readonly health: Omit<GeneratorRow, 'second' | 'vusInUse'>;
    }
  | {
      readonly type: 'reading';
      readonly atMs: number;
      readonly reading: string;
      readonly value: number;
      /** An audit's figure about the whole run, which belongs to no second and no phase. */
      readonly census: boolean;
    }
  /** How many replicas each service had; one that did not tell is left out. */
  | {
      readonly type: 'replicas';
      readonly atMs: number;
      readonly counts: Readonly<Record<string, number>>;
    }
  /** What was read back of a ledger after the load. */
  | { readonly type: 'ledger'; readonly atMs: number; readonly result: LedgerResult }
  /** What a metrics backend answered after the load; `values[0]` is of `fromMs`. */
  | ({ readonly type: 'series'; readonly atMs: number; readonly fromMs: number } & Omit<
      MetricSeries,
      'fromSecond'
    >)
  /** A step of a fault that was injected on purpose. */
  | ({ readonly type: 'fault' } & FaultEvent)
  /** What browsers told in one second. */
  | {
      readonly type: 'pages';
      readonly atMs: number;
      readonly rows: readonly (PageKey & PageValues)[];
      readonly exceptions: readonly ExceptionCount[];
      readonly sessions: readonly SessionCount[];
      readonly rejections: readonly { readonly cause: string; readonly count: number }[];
    }
  /** One load of a page by our own browser, with all that it fetched. */
  | ({ readonly type: 'waterfall'; readonly atMs: number } & Omit<PageWaterfall, 'second' | 'phase'>)
  | { readonly type: 'frame'; readonly atMs: number; readonly frame: Frame }
  /** Why our own browser measures nothing, or less than planned. */
  | { readonly type: 'browser-problem'; readonly atMs: number; readonly reason: string }
  /** Something that makes the measurements a part of the plan, in words. */
  | { readonly type: 'gap'; readonly atMs: number; readonly reason: string }
  /** Something a reader should know that leaves the measurements complete. */
  | { readonly type: 'note'; readonly atMs: number; readonly text: string }
  /** The last frame of every run that was not killed. */
  | { readonly type: 'end'; readonly atMs: number; readonly end: RunEnd };

/** Reads a JSON frame; its checksum has already vouched for it. */
export function parseEvent(payload: Uint8Array): RunEvent {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  return JSON.parse(bytes.toString('utf8')) as RunEvent;
}
