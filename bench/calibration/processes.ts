/** Runs whose truth is known, simulated second by second: failures exactly where single requests would have them. */
import { countNotUnder } from '../../slo/statistics/histogram.ts';
import type { Slices } from '../../slo/statistics/slices.ts';
import type { Random } from './random.ts';

export type Process =
  | { readonly kind: 'independent' }
  /**
   * A two-state Markov chain of requests. In the bad state, `length` requests long on average, the share
   * `failing` of them fails; `background` is the share of all failures that happen independently beside it.
   */
  | {
      readonly kind: 'bursts';
      readonly length: number;
      readonly failing?: number;
      readonly background?: number;
    }
  /** The failure rate moves in a straight line, from and to these multiples of its mean. */
  | { readonly kind: 'drift'; readonly from: number; readonly to: number }
  /** Pareto-distributed response times against a limit, counted at the source or read from histograms. */
  | { readonly kind: 'latency'; readonly read: 'counted' | 'histogram' };

export interface Shape {
  readonly seconds: number;
  readonly perSecond: number;
  readonly process: Process;
}

/** What was seen: the failures to assume for a pass, and for a fail (fewer where a limit lies in a bucket). */
export interface Observed {
  readonly forPass: Slices;
  readonly forFail: Slices;
}

/** One run in which the share `badShare` of requests fails on average. */
export function simulate(shape: Shape, badShare: number, random: Random): Observed {
  const { process } = shape;
  if (process.kind === 'latency') return latencies(shape, badShare, process.read, random);
  const bad = new Float64Array(shape.seconds);
  if (process.kind === 'independent') addIndependent(bad, shape, badShare, random);
  if (process.kind === 'drift') addDrifting(bad, shape, badShare, process, random);
  if (process.kind === 'bursts') {
    const { background = 0 } = process;
    addBursts(bad, shape, badShare * (1 - background), process, random);
    if (background > 0) addIndependent(bad, shape, badShare * background, random);
  }
  const slices = { total: new Float64Array(shape.seconds).fill(shape.perSecond), bad };
  return { forPass: slices, forFail: slices };
}

/** Mean bad share of the first seconds: what a test that stopped there is judged by. */
export function trueShare({ seconds, process }: Shape, badShare: number, until: number): number {
  if (process.kind !== 'drift') return badShare;
  return badShare * (process.from + ((process.to - process.from) * until) / seconds / 2);
}

function addIndependent(bad: Float64Array, shape: Shape, badShare: number, random: Random): void {
  const requests = shape.seconds * shape.perSecond;
  for (let at = random.geometric(1 / badShare) - 1; at < requests; at += random.geometric(1 / badShare)) {
    fail(bad, shape, at);
  }
}

/** Independent failures at the highest rate, each kept with the chance that the rate at its time asks for. */
function addDrifting(
  bad: Float64Array,
  shape: Shape,
  badShare: number,
  { from, to }: { from: number; to: number },
  random: Random,
): void {
  const requests = shape.seconds * shape.perSecond;
  const highest = Math.max(from, to);
  const gap = 1 / (badShare * highest);
  for (let at = random.geometric(gap) - 1; at < requests; at += random.geometric(gap)) {
    if (random.uniform() * highest < from + ((to - from) * at) / requests) fail(bad, shape, at);
  }
}

function addBursts(
  bad: Float64Array,
  shape: Shape,
  badShare: number,
  { length, failing = 1 }: { length: number; failing?: number },
  random: Random,
): void {
  const requests = shape.seconds * shape.perSecond;
  const timeBad = badShare / failing;
  const gap = (length * (1 - timeBad)) / timeBad;
  let at = random.uniform() < timeBad ? 0 : random.geometric(gap);
  while (at < requests) {
    const end = Math.min(requests, at + random.geometric(length));
    for (at += random.geometric(1 / failing) - 1; at < end; at += random.geometric(1 / failing)) {
      fail(bad, shape, at);
    }
    at = end + random.geometric(gap);
  }
}

/** More independent failures than requests in a second cannot be: where a request fails twice, it fails once. */
function fail(bad: Float64Array, { perSecond }: Shape, request: number): void {
  const second = Math.floor(request / perSecond);
  bad[second] = Math.min(perSecond, (bad[second] as number) + 1);
}

const limitMs = 300;
/** Heavy: the variance of such response times is infinite. */
const tailIndex = 1.5;
const scale = 4;

function latencies(
  { seconds, perSecond }: Shape,
  badShare: number,
  read: 'counted' | 'histogram',
  random: Random,
): Observed {
  const total = new Float64Array(seconds).fill(perSecond);
  const least = new Float64Array(seconds);
  const most = new Float64Array(seconds);
  const fastestMs = limitMs * badShare ** (1 / tailIndex);
  const values = new Float64Array(perSecond);
  for (let second = 0; second < seconds; second += 1) {
    for (let request = 0; request < perSecond; request += 1) {
      values[request] = fastestMs * (1 - random.uniform()) ** (-1 / tailIndex);
    }
    const late = read === 'counted' ? countLate(values) : countLateInBuckets(values);
    least[second] = late.atLeast;
    most[second] = late.atMost;
  }
  return { forPass: { total, bad: most }, forFail: { total, bad: least } };
}

function countLate(values: Float64Array): { atLeast: number; atMost: number } {
  const late = values.reduce((sum, value) => (value >= limitMs ? sum + 1 : sum), 0);
  return { atLeast: late, atMost: late };
}

/** Through an exponential histogram as the generator streams it, by the code that judges such limits. */
function countLateInBuckets(values: Float64Array): { atLeast: number; atMost: number } {
  const sorted = values.toSorted();
  const min = sorted[0] as number;
  const max = sorted[sorted.length - 1] as number;
  const offset = bucketOf(min);
  const buckets = new Array<number>(bucketOf(max) - offset + 1).fill(0);
  for (const value of sorted) {
    const index = bucketOf(value) - offset;
    buckets[index] = (buckets[index] as number) + 1;
  }
  const count = values.length;
  return countNotUnder({ scale, count, zeroCount: 0, sum: 0, min, max, offset, buckets }, limitMs);
}

function bucketOf(value: number): number {
  return Math.ceil(Math.log2(value) * 2 ** scale) - 1;
}
