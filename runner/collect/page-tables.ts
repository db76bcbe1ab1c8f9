/** Records about pages, as the rows of Measurements that follow from them. */
import type { LoadPlan } from '../../profiles/types.ts';
import type {
  ExceptionRow,
  Frame,
  PageKey,
  PageMeasurements,
  PageRow,
  PageValues,
  PageWaterfall,
  SessionRow,
} from '../../slo/pages/types.ts';
import { addBands } from '../../slo/pages/vitals.ts';
import { mergeHistograms } from '../../slo/statistics/histogram.ts';
import type { ExceptionCount, RunEvent, SessionCount } from './events.ts';
import { phaseAt } from './phase-at.ts';

const pageEventTypes = ['pages', 'waterfall', 'frame', 'browser-problem'] as const;
type PageEvent = Extract<RunEvent, { type: (typeof pageEventTypes)[number] }>;

export function isPageEvent(event: RunEvent): event is PageEvent {
  return (pageEventTypes as readonly string[]).includes(event.type);
}

/** Different errors that a report could still tell apart. */
const mostExceptionRows = 1000;

export class PageTables {
  readonly #plan: LoadPlan;
  readonly #sliceSeconds: number;
  readonly #rows = new Map<string, PageRow>();
  readonly #exceptions = new Map<string, ExceptionRow>();
  readonly #sessions = new Map<string, SessionRow>();
  readonly #waterfalls = new Map<string, PageWaterfall>();
  readonly #frames: Frame[] = [];
  readonly #rejections = new Map<string, number>();
  readonly #problems = new Set<string>();
  #isUsed = false;

  constructor(plan: LoadPlan, sliceSeconds: number) {
    this.#plan = plan;
    this.#sliceSeconds = sliceSeconds;
  }

  add(event: PageEvent, secondOf: (atMs: number) => number): void {
    this.#isUsed = true;
    if (event.type === 'browser-problem') this.#problems.add(event.reason);
    else if (event.type === 'frame') this.#frames.push(event.frame);
    else if (event.type === 'waterfall') {
      const { type, atMs, ...view } = event;
      this.#place(secondOf(atMs), (place) => this.#addWaterfall({ ...place, ...view }));
    } else {
      this.#place(secondOf(event.atMs), (place) => {
        for (const { histogram, sumOfSquares, bands, ...key } of event.rows) {
          this.#addRow(place, key, { histogram, sumOfSquares, ...(bands && { bands }) });
        }
        for (const exception of event.exceptions) this.#addException(place, exception);
      });
      for (const session of event.sessions) {
        this.#place(secondOf(session.startedAtMs), (place) => this.#addSession(place, session));
      }
      for (const { cause, count } of event.rejections) this.#reject(cause, count);
    }
  }

  /** Undefined if no record came: then nobody was to tell of pages. */
  measurements(): PageMeasurements | undefined {
    if (!this.#isUsed) return undefined;
    return {
      rows: [...this.#rows.values()],
      exceptions: [...this.#exceptions.values()],
      sessions: [...this.#sessions.values()],
      waterfalls: [...this.#waterfalls.values()],
      frames: this.#frames,
      rejections: [...this.#rejections].map(([cause, count]) => ({ cause, count })),
      problems: [...this.#problems],
    };
  }

  /** What lies outside the plan is left out. */
  #place(second: number, add: (place: { readonly second: number; readonly phase: string }) => void): void {
    if (second < 0 || second >= this.#plan.durationSeconds) return;
    add({ second, phase: phaseAt(this.#plan.phases, second)?.name ?? '' });
  }

  #sliceOf(second: number): number {
    return Math.floor(second / this.#sliceSeconds) * this.#sliceSeconds;
  }

  #addRow(
    place: { readonly second: number; readonly phase: string },
    key: PageKey,
    values: PageValues,
  ): void {
    const second = this.#sliceOf(place.second);
    const { page, origin, device, cache = '', metric } = key;
    const id = [second, place.phase, page, origin, device, cache, metric].join('\n');
    const known = this.#rows.get(id);
    this.#rows.set(id, { ...key, ...place, second, ...(known === undefined ? values : sum(known, values)) });
  }

  #addException({ second, phase }: { second: number; phase: string }, exception: ExceptionCount): void {
    const { page, origin, type, message, where, count } = exception;
    const id = [phase, origin, page, type, where, message].join('\n');
    const known = this.#exceptions.get(id);
    if (known !== undefined) {
      this.#exceptions.set(id, { ...known, count: known.count + count, lastSecond: second });
    } else if (this.#exceptions.size < mostExceptionRows) {
      this.#exceptions.set(id, { phase, ...exception, firstSecond: second, lastSecond: second });
    } else this.#reject('more different errors in a run than are kept', count);
  }

  #addSession(place: { readonly second: number; readonly phase: string }, session: SessionCount): void {
    const { origin, sessions, withErrors } = session;
    const second = this.#sliceOf(place.second);
    const id = [second, place.phase, origin].join('\n');
    const known = this.#sessions.get(id);
    this.#sessions.set(id, {
      ...place,
      second,
      origin,
      sessions: (known?.sessions ?? 0) + sessions,
      withErrors: (known?.withErrors ?? 0) + withErrors,
    });
  }

  /** The slowest of its kind is the one worth looking at. */
  #addWaterfall(view: PageWaterfall): void {
    const id = [view.page, view.device].join('\n');
    const known = this.#waterfalls.get(id);
    if (known === undefined || known.loadMs < view.loadMs) this.#waterfalls.set(id, view);
  }

  #reject(cause: string, count: number): void {
    this.#rejections.set(cause, (this.#rejections.get(cause) ?? 0) + count);
  }
}

function sum(a: PageValues, b: PageValues): PageValues {
  return {
    histogram: mergeHistograms([a.histogram, b.histogram]) ?? a.histogram,
    sumOfSquares: a.sumOfSquares + b.sumOfSquares,
    ...(a.bands && b.bands ? { bands: addBands(a.bands, b.bands) } : {}),
  };
}
