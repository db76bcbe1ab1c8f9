/**
 * Frames → Measurements, one frame at a time while the run goes on, or all of them again from the folder:
 * the same frames in the same order give the same measurements, bit for bit.
 */
import type { LoadPlan } from '../../profiles/types.ts';
import { withMissing } from '../../slo/ledger/completeness.ts';
import { readingsOf } from '../../slo/ledger/rpo.ts';
import type { GeneratorRow, Measurements, ReadingRow } from '../../slo/measurements.ts';
import type { SparseHistogram } from '../../slo/statistics/histogram-data.ts';
import type { Frame } from '../store/frames.ts';
import type { ReadJournal } from '../store/journal.ts';
import type { LogDamage } from '../store/read-log.ts';
import { EventTables } from './event-tables.ts';
import { parseEvent, type RunEvent } from './events.ts';
import { metricNames } from './metric-names.ts';
import { MetricTables } from './metric-tables.ts';
import { partialReasons } from './partial.ts';
import { PlanClock } from './plan-clock.ts';
import { type Labels, PointDecoder, type PointSink } from './point-frames.ts';
import { reconcile } from './reconcile.ts';

/** What is only known once no more frames come. */
export interface Closing {
  /** The generator's own end-of-test totals. */
  readonly summary: unknown;
  readonly damage?: LogDamage | undefined;
}

/** Latency is kept in at most so many slices, twice what a chart shows: 20 minutes second by second, a day in 72 s. */
const mostSlices = 1200;

export class Aggregate {
  readonly #plan: LoadPlan;
  readonly #clock = new PlanClock();
  readonly #decoder = new PointDecoder();
  readonly #sliceSeconds: number;
  readonly #metrics: MetricTables;
  readonly #events: EventTables;
  /** Label sets by which the first iteration tells when second 0 was. */
  readonly #starts = new Set<number>();
  /** What came before the first iteration told when second 0 was. */
  #waiting: (() => void)[] = [];
  #lastExportMs: number | undefined;
  /** The export whose points are being added. */
  #export = { endMs: Number.NaN, second: 0 };

  constructor(plan: LoadPlan) {
    this.#plan = plan;
    this.#sliceSeconds = Math.max(1, Math.ceil(plan.durationSeconds / mostSlices));
    this.#metrics = new MetricTables(plan.phases, this.#sliceSeconds);
    this.#events = new EventTables(plan, this.#sliceSeconds);
  }

  /** Wall-clock time of second 0, ms since the epoch; undefined until the first iteration has told it. */
  get startedAtMs(): number | undefined {
    return this.#clock.startedAtMs;
  }

  /** @throws RangeError if a frame of points is not one of this log; its checksum keeps that from happening. */
  addFrame(frame: Frame): void {
    if (frame.kind === 'points') this.#decoder.decode(frame.payload, this.#sink);
    else this.#addEvent(parseEvent(frame.payload));
  }

  readonly #sink: PointSink = {
    labels: (id: number, labels: Labels) => {
      if (labels.metric === metricNames.startedAtMs) this.#starts.add(id);
      this.#metrics.labels(id, labels);
    },
    number: (id, value, endMs) => {
      if (this.startedAtMs === undefined && this.#starts.has(id)) this.#start(value);
      else this.#addPoint(id, endMs, value);
    },
    histogram: (id, histogram, endMs) => this.#addPoint(id, endMs, 0, histogram),
  };

  #addPoint(id: number, endMs: number, value: number, histogram?: SparseHistogram): void {
    if (this.startedAtMs !== undefined) {
      this.#metrics.add(id, this.#secondOf(endMs), value, histogram);
      return;
    }
    // The decoder only lends a histogram.
    const kept = structuredClone(histogram);
    this.#waiting.push(() => this.#metrics.add(id, this.#secondOf(endMs), value, kept));
  }

  /** Works it out once an export, as a day has millions of points. */
  #secondOf(endMs: number): number {
    if (endMs !== this.#export.endMs) {
      this.#export = { endMs, second: this.#clock.secondOfExport(endMs) };
      this.#lastExportMs = Math.max(this.#lastExportMs ?? 0, endMs);
    }
    return this.#export.second;
  }

  /** Adds what a run's journal tells beyond its log: what became of faults after a runner was killed. */
  addJournal({ events, unreadable }: ReadJournal): void {
    if (this.#events.end !== 'killed') return;
    for (const event of events) this.#addEvent({ type: 'fault', ...event });
    if (unreadable > 0) this.#events.gaps.push(`${unreadable} lines of faults.log cannot be read`);
  }

  #addEvent(event: RunEvent): void {
    if (event.type === 'inputs' || event.type === 'note') return;
    this.#once(() => this.#events.add(event, (atMs) => this.#clock.secondOfEvent(atMs)));
  }

  #start(atMs: number): void {
    this.#clock.start(atMs);
    this.#release();
  }

  /** Does the work now, or as soon as second 0 is known. */
  #once(work: () => void): void {
    if (this.#clock.startedAtMs === undefined) this.#waiting.push(work);
    else work();
  }

  #release(): void {
    for (const work of this.#waiting) work();
    this.#waiting = [];
  }

  /** Everything until now as if the run went on; for a look at the objectives while it does. */
  soFar(): Measurements {
    return this.#measurements(undefined, []);
  }

  /** The measurements of the whole run. No frame may be added afterwards. */
  finish({ summary, damage }: Closing): Measurements {
    this.#release();
    const reconciliation = reconcile(this.#metrics.arrived, summary);
    const partial = partialReasons({
      end: this.#events.end,
      measuredSeconds: this.#measuredSeconds(),
      durationSeconds: this.#plan.durationSeconds,
      started: this.#clock.startedAtMs !== undefined,
      gaps: this.#events.gaps,
      damage,
      reconciliation,
      overflowPoints: this.#metrics.overflowPoints,
    });
    return this.#measurements(reconciliation, partial);
  }

  #measurements(
    reconciliation: Measurements['reconciliation'] = [],
    partial: readonly string[],
  ): Measurements {
    const startedAtMs = this.#clock.startedAtMs;
    const { requests } = this.#metrics;
    const ledgers = this.#events.ledgers.map((ledger) => withMissing(ledger, requests));
    const pages = this.#events.pages.measurements();
    const replicas = this.#events.replicas.series;
    return {
      version: 1,
      ...(startedAtMs === undefined ? {} : { startedAtMs }),
      measuredSeconds: this.#measuredSeconds(),
      sliceOffsetSeconds: this.#clock.exportOffsetSeconds,
      ledgers,
      end: this.#events.end,
      partial,
      requests,
      journeys: this.#metrics.journeys,
      drops: this.#metrics.drops,
      probes: this.#events.probes,
      readings: [...this.#events.readings, ...this.#ledgerReadings(ledgers)],
      series: this.#events.series,
      latencyByRoute: this.#metrics.latencyByRoute,
      latencyByJourney: this.#metrics.latencyByJourney,
      sliceSeconds: this.#sliceSeconds,
      latencySlices: this.#metrics.latencySlices,
      generator: this.#generatorRows(),
      drills: startedAtMs === undefined ? [] : this.#events.drills.rows(startedAtMs),
      ...(replicas.length === 0 ? {} : { replicas }),
      ...(pages === undefined ? {} : { pages }),
      reconciliation,
      overflowPoints: this.#metrics.overflowPoints,
    };
  }

  #ledgerReadings(ledgers: Measurements['ledgers']): ReadingRow[] {
    const second = this.#plan.durationSeconds;
    return ledgers.flatMap((ledger) => readingsOf(ledger, second).map((row) => ({ second, ...row })));
  }

  /** A run that reached its end measured the whole plan; any other, the seconds up to its last export. */
  #measuredSeconds(): number {
    const { durationSeconds } = this.#plan;
    if (this.#clock.startedAtMs === undefined || this.#lastExportMs === undefined) return 0;
    if (this.#events.end === 'finished') return durationSeconds;
    const seconds = Math.floor((this.#lastExportMs - this.#clock.startedAtMs) / 1000);
    return Math.min(durationSeconds, Math.max(0, seconds));
  }

  /** k6 tells its VUs, the runner everything else: one row a second holds both. */
  #generatorRows(): GeneratorRow[] {
    const seconds = new Set([...this.#events.generator.keys(), ...this.#metrics.vusInUse.keys()]);
    return [...seconds]
      .sort((a, b) => a - b)
      .map((second) => {
        const vusInUse = this.#metrics.vusInUse.get(second);
        return {
          second,
          ...this.#events.generator.get(second),
          ...(vusInUse === undefined ? {} : { vusInUse }),
        };
      });
  }
}
