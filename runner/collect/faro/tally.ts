/** Beacons → one record a second: sums for each page, so that a storm of beacons is no flood of records. */
import type { PageKey, PageOrigin, PageValues } from '../../../slo/pages/types.ts';
import { bandsOf, isVital } from '../../../slo/pages/vitals.ts';
import { histogramOf } from '../../../slo/statistics/histogram-of.ts';
import type { ExceptionCount, RunEvent, SessionCount } from '../events.ts';
import type { Beacon } from './payload.ts';
import { Recent } from './recent.ts';

/** Buckets about 4.4 % wide, as fine as k6's. */
const histogramScale = 4;
const mostPages = 100;
const mostExceptionGroups = 50;
const keptSessions = 50_000;
const keptVitals = 50_000;
const otherPages = '(other pages)';

interface Session {
  readonly origin: PageOrigin;
  readonly startedAtMs: number;
  hasErrors: boolean;
}

export class BeaconTally {
  readonly #pages = new Set<string>();
  readonly #sessions = new Recent<Session>(keptSessions);
  readonly #vitals = new Recent<true>(keptVitals);
  #values = new Map<string, { readonly key: PageKey; readonly values: number[] }>();
  #exceptions = new Map<string, ExceptionCount>();
  #sessionCounts = new Map<string, SessionCount>();
  /** When the first session of the coming record was heard of. */
  #startedAtMs: number | undefined;
  #rejections = new Map<string, number>();

  add(beacon: Beacon, nowMs: number): void {
    const page = this.#nameOf(beacon.page);
    const { origin, device } = beacon;
    for (const { metric, value, id } of beacon.values) {
      // CLS and LCP may be told again when the page is hidden a second time: the first report counts.
      if (id !== undefined && this.#vitals.has(`${metric} ${id}`)) continue;
      if (id !== undefined) this.#vitals.set(`${metric} ${id}`, true);
      this.addValue({ page, origin, device, metric }, value);
    }
    for (const exception of beacon.exceptions) this.#addException({ ...exception, page, origin, count: 1 });
    for (const cause of beacon.leftOut) this.reject(cause);
    if (beacon.sessionId !== undefined) this.#addSession(beacon, beacon.sessionId, nowMs);
  }

  addValue(key: PageKey, value: number): void {
    const id = `${key.page}\n${key.origin} ${key.device} ${key.cache ?? ''} ${key.metric}`;
    const found = this.#values.get(id) ?? { key, values: [] };
    this.#values.set(id, found);
    found.values.push(value);
  }

  /** A beacon, or a part of one, that was turned away. */
  reject(cause: string): void {
    this.#rejections.set(cause, (this.#rejections.get(cause) ?? 0) + 1);
  }

  /** What came since the last call; undefined if nothing did. */
  take(atMs: number): RunEvent | undefined {
    const record = {
      rows: [...this.#values.values()].map(({ key, values }) => ({ ...key, ...valuesOf(key, values) })),
      exceptions: [...this.#exceptions.values()],
      sessions: [...this.#sessionCounts.values()],
      rejections: [...this.#rejections].map(([cause, count]) => ({ cause, count })),
    };
    this.#values = new Map();
    this.#exceptions = new Map();
    this.#sessionCounts = new Map();
    this.#startedAtMs = undefined;
    this.#rejections = new Map();
    const isEmpty = Object.values(record).every((list) => list.length === 0);
    return isEmpty ? undefined : { type: 'pages', atMs, ...record };
  }

  #nameOf(page: string): string {
    if (this.#pages.has(page)) return page;
    if (this.#pages.size >= mostPages) return otherPages;
    this.#pages.add(page);
    return page;
  }

  #addException(exception: ExceptionCount): void {
    const { page, origin, type, message, where } = exception;
    const id = [origin, page, type, where, message].join('\n');
    const known = this.#exceptions.get(id);
    if (known !== undefined) this.#exceptions.set(id, { ...known, count: known.count + 1 });
    else if (this.#exceptions.size < mostExceptionGroups) this.#exceptions.set(id, exception);
    else this.reject('more different errors in a second than are kept');
  }

  /**
   * An error counts where and when its session did, whatever later beacons of it say, so that a share of sessions is
   * never above 1. Sessions of one record begin together.
   */
  #addSession({ origin, exceptions }: Beacon, id: string, nowMs: number): void {
    this.#startedAtMs ??= nowMs;
    const known = this.#sessions.get(id);
    const session = known ?? { origin, startedAtMs: this.#startedAtMs, hasErrors: false };
    if (known === undefined) this.#sessions.set(id, session);
    const isFirstError = exceptions.length > 0 && !session.hasErrors;
    session.hasErrors ||= isFirstError;
    if (known !== undefined && !isFirstError) return;
    const { startedAtMs } = session;
    const key = `${session.origin} ${startedAtMs}`;
    const before = this.#sessionCounts.get(key);
    this.#sessionCounts.set(key, {
      ...{ origin: session.origin, startedAtMs },
      sessions: (before?.sessions ?? 0) + (known === undefined ? 1 : 0),
      withErrors: (before?.withErrors ?? 0) + (isFirstError ? 1 : 0),
    });
  }
}

function valuesOf({ metric }: PageKey, values: readonly number[]): PageValues {
  return {
    histogram: histogramOf(values, histogramScale),
    sumOfSquares: values.reduce((sum, value) => sum + value ** 2, 0),
    ...(isVital(metric) ? { bands: bandsOf(metric, values) } : {}),
  };
}
