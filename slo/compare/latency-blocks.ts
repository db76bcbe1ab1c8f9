/**
 * A service's latency in each block as one figure that two runs can be compared by: the mean of the logarithm
 * of its response times, less what the block's own mix of routes would lead to expect. Without that, a block
 * that happened to hold more writes would look slow. The logarithm keeps one stalled request from outweighing
 * the others, and makes differences relative.
 */
import type { Histogram, LatencyByRoute, Measurements } from '../measurements.ts';
import { totalBetween } from '../series.ts';
import { type Block, blockIndexOf } from './blocks.ts';

/** Response times as a sum of natural logarithms (of ms) and their number. */
export interface LogSum {
  sum: number;
  count: number;
}

/** Every value counts as the geometric middle of its bucket; zeros, which have no logarithm, are left out. */
export function addLogs(into: LogSum, { scale, offset, buckets }: Histogram): void {
  const step = 2 ** -scale * Math.LN2;
  for (const [index, count] of buckets.entries()) {
    into.sum += count * (offset + index + 0.5) * step;
    into.count += count;
  }
}

/** Mean logarithm of each route in each phase, over both runs together: what a block is measured against. */
export type Expected = ReadonlyMap<string, LogSum>;

const keyOf = (phase: string, route: string) => `${phase}\u0000${route}`;

export function expectedLogs(runs: readonly (readonly LatencyByRoute[])[]): Expected {
  const expected = new Map<string, LogSum>();
  for (const { phase, route, histogram } of runs.flat()) {
    const key = keyOf(phase, route);
    const sum = expected.get(key) ?? { sum: 0, count: 0 };
    expected.set(key, sum);
    addLogs(sum, histogram);
  }
  return expected;
}

/** Typical latency of each service in ms: the geometric mean over both runs, in the phases of the blocks. */
export function typicalMs(
  runs: readonly (readonly LatencyByRoute[])[],
  blocks: readonly Block[],
): Map<string, number> {
  const phases = new Set(blocks.map(({ phase }) => phase));
  const sums = new Map<string, LogSum>();
  for (const { service, phase, histogram } of runs.flat()) {
    if (!phases.has(phase)) continue;
    const sum = sums.get(service) ?? { sum: 0, count: 0 };
    sums.set(service, sum);
    addLogs(sum, histogram);
  }
  return new Map([...sums].map(([service, { sum, count }]) => [service, Math.exp(sum / count)]));
}

export type LogRatios = ReadonlyMap<string, readonly (number | undefined)[]>;

/** Per service, the log ratio of each block, undefined without an answer: 0.1 is about 10 % slower than expected. */
export function logRatios(
  { latencySlices, requests }: Pick<Measurements, 'latencySlices' | 'requests'>,
  blocks: readonly Block[],
  expected: Expected,
): LogRatios {
  const blockOf = blockIndexOf(blocks);
  const seen = new Map<string, LogSum[]>();
  for (const { second, service, histogram } of latencySlices) {
    const block = blockOf(second);
    if (block !== undefined) addLogs(entryOf(seen, service, block), histogram);
  }
  const due = new Map<string, LogSum[]>();
  for (const series of requests) {
    const mean = expected.get(keyOf(series.phase, series.route));
    if (mean === undefined || mean.count === 0) continue;
    for (const [block, { fromSecond, toSecond }] of blocks.entries()) {
      const count = totalBetween(series, fromSecond, toSecond);
      if (count === 0) continue;
      const entry = entryOf(due, series.service, block);
      entry.sum += (count * mean.sum) / mean.count;
      entry.count += count;
    }
  }
  return new Map(
    [...seen].map(([service, sums]) => [service, ratiosOf(blocks.length, sums, due.get(service) ?? [])]),
  );
}

function ratiosOf(length: number, seen: readonly LogSum[], due: readonly LogSum[]): (number | undefined)[] {
  return Array.from({ length }, (_, block) => {
    const [actual, expected] = [seen[block], due[block]];
    if (!actual?.count || !expected?.count) return undefined;
    return actual.sum / actual.count - expected.sum / expected.count;
  });
}

function entryOf(table: Map<string, LogSum[]>, service: string, block: number): LogSum {
  const sums = table.get(service) ?? [];
  table.set(service, sums);
  sums[block] ??= { sum: 0, count: 0 };
  return sums[block];
}
