/** Takes in all that is seen during a run: first into the folder, then into the aggregate. */
import type { LoadPlan } from '../../profiles/types.ts';
import { PeakproofError } from '../../scenarios/problem.ts';
import type { Measurements } from '../../slo/measurements.ts';
import type { RunFolder } from '../store/run-folder.ts';
import { Aggregate } from './aggregate.ts';
import type { RunEvent } from './events.ts';
import { LiveTotals } from './live-totals.ts';
import type { Metric } from './otlp/decode.ts';
import { PointEncoder } from './point-frames.ts';

export class Recorder {
  readonly totals = new LiveTotals();
  readonly #folder: RunFolder;
  readonly #aggregate: Aggregate;
  readonly #encoder = new PointEncoder();
  readonly #failure = new AbortController();

  constructor(folder: RunFolder, plan: LoadPlan) {
    this.#folder = folder;
    this.#aggregate = new Aggregate(plan);
  }

  get startedAtMs(): number | undefined {
    return this.#aggregate.startedAtMs;
  }

  /** Aborted, with a PeakproofError as its reason, as soon as the folder takes no more: the run must end. */
  get failed(): AbortSignal {
    return this.#failure.signal;
  }

  /** @throws what kept the export from being written: then it must not be acknowledged. */
  keepExport(metrics: readonly Metric[]): void {
    this.#orFail(() =>
      this.#aggregate.addFrame(this.#folder.append('points', this.#encoder.encode(metrics))),
    );
    this.failed.throwIfAborted();
    this.totals.add(metrics);
  }

  record(event: RunEvent): void {
    this.#orFail(() => this.#aggregate.addFrame(this.#folder.appendEvent(event)));
  }

  ledgerLine(line: string): void {
    this.#orFail(() => this.#folder.appendLedger(line));
  }

  engineLine(line: string): void {
    this.#orFail(() => this.#folder.appendEngineLog(line));
  }

  /** The measurements until now; the run goes on. */
  soFar(): Measurements {
    return this.#aggregate.soFar();
  }

  /** @throws the failure of the folder, if there was one: what lies there is then less than what was seen. */
  finish(summary: unknown): Measurements {
    this.failed.throwIfAborted();
    return this.#aggregate.finish({ summary });
  }

  #orFail(write: () => void): void {
    if (this.failed.aborted) return;
    try {
      write();
    } catch (error) {
      if (!(error instanceof PeakproofError)) throw error;
      this.#failure.abort(error);
    }
  }
}
