/** Latency at a constant arrival rate, by k6: arrivals do not wait for answers. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Conversation, type ReplayJob, requestsPerConversation } from '../../scenarios/mix.ts';
import type { Problem } from '../../scenarios/problem.ts';
import type { RateMeasurement } from '../../slo/profile/rates.ts';
import { HistogramSum } from '../../slo/statistics/histogram-sum.ts';
import { startGeneratorHealth } from '../collect/generator.ts';
import { metricNames } from '../collect/metric-names.ts';
import type { Metric } from '../collect/otlp/decode.ts';
import { startReceiver } from '../collect/otlp/receiver.ts';
import type { Engine } from '../engines/engine.ts';
import { freshValue } from '../fresh-value.ts';
import { packageRoot } from '../package.ts';

export interface RateLoad {
  readonly baseUrl: string;
  readonly conversations: readonly Conversation[];
  /** Requests per second, over all routes. */
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** What came of a run at a constant rate. */
export interface RateResult extends Omit<RateMeasurement, 'cores'> {
  readonly problems: readonly Problem[];
}

export interface K6Rates {
  readonly engine: Engine;
  /** Where the job and k6's own totals lie meanwhile, and how they are written. */
  readonly work: {
    readonly folder: string;
    write(name: string, content: string): void;
    read(name: string): string | undefined;
    remove(name: string): void;
  };
  readonly onLogLine: (line: string) => void;
}

const jobFile = 'replay-job.json';
const totalsFile = 'replay-totals.json';
/** Users enough for a service that stalls for so long: beyond, arrivals are dropped and told. */
const stallSeconds = 2.5;
/** A virtual user costs some 200 kB. */
const mostVirtualUsers = 2_000;

/** Resolves when k6 has ended, in whatever way. */
export async function runK6Rate(load: RateLoad, { engine, work, onLogLine }: K6Rates): Promise<RateResult> {
  const token = randomBytes(32).toString('hex');
  const sums = new Sums();
  const receiver = await startReceiver(token, (metrics) => {
    // k6 has read it, for all of its users: whatever the requests carry (cookies, tokens) must not outlive us.
    work.remove(jobFile);
    sums.add(metrics);
  });
  const job = jobOf(load);
  work.write(jobFile, JSON.stringify(job));
  try {
    const running = await engine.start({
      scriptFile: join(packageRoot, 'scenarios', 'k6', 'replay.ts'),
      planFile: join(work.folder, jobFile),
      summaryFile: join(work.folder, totalsFile),
      collector: { port: receiver.port, token },
      headers: {},
      secrets: {},
      trace: false,
      onLedgerLine: () => {},
      onLogLine,
    });
    const busy: number[] = [];
    const stopHealth = startGeneratorHealth(running.usage, (event) => {
      if (event.type === 'generator' && event.health.machineBusyShare !== undefined)
        busy.push(event.health.machineBusyShare);
    });
    const stop = () => running.stop();
    load.signal.addEventListener('abort', stop, { once: true });
    if (load.signal.aborted) stop();
    const { problem } = await running.finished;
    load.signal.removeEventListener('abort', stop);
    stopHealth();
    const totals = work.read(totalsFile);
    work.remove(totalsFile);
    return sums.toResult(load, job, busy, totals, problem);
  } finally {
    work.remove(jobFile);
    await receiver.close();
  }
}

function jobOf({ baseUrl, conversations, ratePerSecond, seconds }: RateLoad): ReplayJob {
  const conversationsPerSecond = ratePerSecond / requestsPerConversation(conversations);
  const vus = Math.min(mostVirtualUsers, Math.ceil(conversationsPerSecond * stallSeconds) + 10);
  const runId = `${freshValue()}-`;
  return { baseUrl, conversations, conversationsPerSecond, seconds, vus, runId };
}

/** Adds up what k6 exports. */
class Sums {
  readonly #durations = new HistogramSum();
  readonly #outcomes = { served: 0, error: 0 };
  #dropped = 0;
  #iterations = 0;

  add(metrics: readonly Metric[]): void {
    for (const metric of metrics) {
      if (metric.kind === 'histogram' && metric.name === metricNames.httpDuration) {
        for (const { histogram } of metric.points) this.#durations.add(histogram);
      } else if (metric.kind === 'sum') {
        for (const { attributes, value } of metric.points)
          this.#count(metric.name, attributes.outcome, value);
      }
    }
  }

  #count(name: string, outcome: string | undefined, value: number): void {
    if (name === metricNames.dropped) this.#dropped += value;
    if (name === metricNames.iterations) this.#iterations += value;
    if (name !== metricNames.requests) return;
    if (outcome === 'served') this.#outcomes.served += value;
    else this.#outcomes.error += value;
  }

  toResult(
    load: RateLoad,
    job: ReplayJob,
    busy: readonly number[],
    totals: string | undefined,
    problem: Problem | undefined,
  ): RateResult {
    const { served, error } = this.#outcomes;
    const histogram = this.#durations.toHistogram();
    return {
      ...(histogram === undefined ? {} : { histogram }),
      seconds: load.seconds,
      requests: served + error,
      failed: error,
      dropped: this.#dropped * requestsPerConversation(job.conversations),
      arrivedShare:
        (this.#iterations + this.#dropped) /
        Math.max(1, Math.floor(job.conversationsPerSecond * job.seconds)),
      ...(busy.length === 0 ? {} : { machineBusyShare: mean(busy) }),
      isComplete: problem === undefined && requestsIn(totals) === served + error,
      isUncorrected: false,
      problems: problem === undefined ? [] : [problem],
    };
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How many requests k6 itself says it made. */
function requestsIn(totals: string | undefined): number | undefined {
  if (totals === undefined) return undefined;
  try {
    const { metrics } = JSON.parse(totals) as { metrics?: Record<string, { values?: { count?: number } }> };
    return metrics?.[metricNames.requests]?.values?.count ?? 0;
  } catch {
    return undefined;
  }
}
