/** autocannon at a rate, without its "correction", whose interval is wrong (docs/profile.md). */
import type { Conversation } from '../../../scenarios/mix.ts';
import type { Histogram } from '../../../slo/measurements.ts';
import { HistogramSum } from '../../../slo/statistics/histogram-sum.ts';
import { requestsFor } from './requests.ts';
import { startAutocannon } from './start.ts';
import { StatusCounts, sumOf } from './statuses.ts';

export interface LimitedRate {
  readonly baseUrl: string;
  readonly conversations: readonly Conversation[];
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

const mostConnections = 64;
/** Buckets of 2.2 %, as those of k6's metrics. */
const scale = 5;

export async function runLimitedRate(load: LimitedRate): Promise<{
  readonly histogram?: Histogram;
  readonly requests: number;
  readonly failed: number;
}> {
  const rate = Math.max(1, Math.round(load.ratePerSecond));
  const statuses = new StatusCounts(load.conversations);
  const durations = new HistogramSum();
  const { running, result } = await startAutocannon({
    url: load.baseUrl,
    connections: Math.min(mostConnections, rate),
    duration: load.seconds,
    overallRate: rate,
    ignoreCoordinatedOmission: true,
    setupClient: requestsFor(load.baseUrl, load.conversations),
  });
  running.on('response', (_client, status, _bytes, responseTimeMs) => {
    statuses.add(status);
    durations.add(single(responseTimeMs));
  });
  const stop = () => running.stop();
  load.signal.addEventListener('abort', stop, { once: true });
  if (load.signal.aborted) stop();
  const { errors } = await result;
  load.signal.removeEventListener('abort', stop);
  const histogram = durations.toHistogram();
  return {
    ...(histogram === undefined ? {} : { histogram }),
    requests: statuses.answers,
    failed: sumOf(statuses.unserved) + errors,
  };
}

function single(ms: number): Histogram {
  const offset = Math.ceil(Math.log2(ms) * 2 ** scale) - 1;
  return { scale, count: 1, zeroCount: 0, sum: ms, min: ms, max: ms, offset, buckets: [1] };
}
