/**
 * Latency at a rate without k6. autocannon sends each second's requests in one burst and waits for answers: what it
 * does not send while the service stalls is not in its tail, which is therefore a lower bound.
 */
import { runLimitedRate } from '../engines/autocannon/limited-rate.ts';
import type { RateLoad, RateResult } from './rate-k6.ts';

/** Never rejects for what the service does. */
export async function runUncorrectedRate(load: RateLoad): Promise<RateResult> {
  const { histogram, requests, failed } = await runLimitedRate(load);
  return {
    ...(histogram === undefined ? {} : { histogram }),
    seconds: load.seconds,
    requests,
    failed,
    dropped: 0,
    arrivedShare: 1,
    isComplete: true,
    isUncorrected: true,
    problems: [],
  };
}
