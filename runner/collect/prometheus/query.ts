/** Queries over the time of a run, and the clock that their points are stamped by. */
import type { MetricEndpoint } from '../../targets/metric-sources.ts';
import { ask } from './ask.ts';
import { NoData } from './no-data.ts';
import { type Point, parseScalar, parseSeries } from './parse.ts';

/** Prometheus refuses more than 11,000 points a series and request. */
const mostPoints = 10_000;
/** A scrape may come late, and one may be lost; what is older says nothing about now. Not every server obeys. */
const freshScrapes = 3;
/** NTP keeps clocks within milliseconds: more than this is a clock that is wrong. */
const mostSkewMs = 2_000;

/** Times `fromMs`, `fromMs + step`, … up to and including the first at or after `toMs`; ms since the epoch. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepSeconds: number;
}

/**
 * The values of a query at the times of a window, `null` where there is none.
 * @throws NoData if the answer cannot be trusted, or has no number at all.
 */
export async function queryRange(
  endpoint: MetricEndpoint,
  query: string,
  window: Window,
  signal: AbortSignal,
): Promise<(number | null)[]> {
  const { fromMs, toMs, stepSeconds } = window;
  const count = Math.ceil((toMs - fromMs) / (stepSeconds * 1000)) + 1;
  const values = new Array<number | null>(count).fill(null);
  let stamped = 0;
  for (let first = 0; first < count; first += mostPoints) {
    const last = Math.min(first + mostPoints, count) - 1;
    const timeOf = (index: number) => fromMs / 1000 + index * stepSeconds;
    const form = {
      query,
      start: timeOf(first).toFixed(3),
      end: timeOf(last).toFixed(3),
      step: String(stepSeconds),
      lookback_delta: String(freshScrapes * endpoint.scrapeSeconds),
      limit: '2',
    };
    const points = parseSeries(await ask(endpoint, '/api/v1/query_range', form, signal));
    stamped += points.length;
    for (const point of points) place(point, values, window);
  }
  if (values.every((value) => value === null)) {
    throw new NoData(stamped === 0 ? 'has no series for it' : 'has no finite number for it');
  }
  return values;
}

function place([atSeconds, value]: Point, values: (number | null)[], { fromMs, stepSeconds }: Window): void {
  const steps = (atSeconds * 1000 - fromMs) / (stepSeconds * 1000);
  const index = Math.round(steps);
  if (Math.abs(steps - index) > 0.1 || index < 0 || index >= values.length) {
    throw new NoData('answered for times that it was not asked about');
  }
  values[index] = value;
}

/**
 * Makes sure that the server answers and that its clock is this machine's, give or take 2 s: points are
 * stamped by the one, and the run's seconds by the other.
 * @throws NoData.
 */
export async function checkClock(endpoint: MetricEndpoint, signal: AbortSignal): Promise<void> {
  const askedAtMs = Date.now();
  const theirsMs = parseScalar(await ask(endpoint, '/api/v1/query', { query: 'time()' }, signal)) * 1000;
  const answeredAtMs = Date.now();
  const aheadMs = theirsMs > answeredAtMs ? theirsMs - answeredAtMs : Math.min(0, theirsMs - askedAtMs);
  if (Math.abs(aheadMs) <= mostSkewMs) return;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const side = aheadMs > 0 ? 'ahead of' : 'behind';
  throw new NoData(`has a clock ${seconds} s ${side} this machine's, so its points fit no second of the run`);
}
