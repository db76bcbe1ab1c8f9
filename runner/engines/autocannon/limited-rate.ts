/** autocannon at a rate, without its "correction", whose interval is wrong (docs/profile.md). */
import type { Conversation } from '../../../scenarios/mix.ts';
import type { Histogram } from '../../../slo/measurements.ts';
import { histogramOf } from '../../../slo/statistics/histogram-of.ts';
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
  const durationsMs: number[] = [];
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
    durationsMs.push(responseTimeMs);
  });
  const stop = () => running.stop();
  load.signal.addEventListener('abort', stop, { once: true });
  if (load.signal.aborted) stop();
  const { errors } = await result;
  load.signal.removeEventListener('abort', stop);
  return {
    ...(durationsMs.length === 0 ? {} : { histogram: histogramOf(durationsMs, scale) }),
    requests: statuses.answers,
    failed: sumOf(statuses.unserved) + errors,
  };
}
