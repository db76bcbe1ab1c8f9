/** Whether a service keeps what it should let go. */
import { theilSen } from '../statistics/theil-sen.ts';
import type { HeapFacts, HeapPoint } from './node.ts';

/** Code is compiled and caches fill in the beginning: growth of these is no leak. */
const settlingPoints = 2;
const fewestPoints = 5;

/** Bytes a request by Theil–Sen over the points after the first ones; undefined for too few of them. */
export function heapFacts(points: readonly HeapPoint[]): HeapFacts {
  const settled = points.slice(settlingPoints);
  if (settled.length < fewestPoints) return { points };
  const trend = theilSen(
    settled.map(({ requests }) => requests),
    settled.map(({ usedBytes }) => usedBytes),
  );
  if (trend === undefined) return { points };
  const { slope, low, high } = trend;
  return { points, bytesPerRequest: { value: slope, low, high } };
}

/** Growth below this is what counters and logs cost. */
const leastLeakBytes = 50;

/** True if memory grows with each request for certain, and by enough to matter. */
export function looksLikeLeak({ bytesPerRequest }: HeapFacts): boolean {
  return (bytesPerRequest?.low ?? 0) > 0 && (bytesPerRequest?.value ?? 0) >= leastLeakBytes;
}
