/**
 * autocannon as a closed loop: each connection sends its next request when the last one is answered. The right
 * tool for capacity; its own rates are not for latency (docs/profile.md).
 */
import { performance } from 'node:perf_hooks';
import type { Instance } from 'autocannon';
import type { Conversation } from '../../../scenarios/mix.ts';
import { requestsFor } from './requests.ts';
import { startAutocannon } from './start.ts';
import { StatusCounts, sumOf } from './statuses.ts';

export interface ClosedLoop {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly conversations: readonly Conversation[];
  readonly connections: number;
  /** Blocks of this length are counted one by one, after the first, in which connections open. */
  readonly blockSeconds: number;
  readonly blocks: number;
  readonly signal: AbortSignal;
}

export interface ClosedLoopResult {
  /** Answers per second in each whole block. */
  readonly perSecond: readonly number[];
  /** Response times in ms of all answers, as autocannon's own histogram has them. */
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Requests in all, the first block's too, and those that the end cut off. */
  readonly sent: number;
  readonly answers: number;
  /** Answers whose status no request of the mix expects. */
  readonly unserved: number;
  readonly unservedStatuses: readonly number[];
  /** Requests without an answer: refused, reset or timed out. */
  readonly errors: number;
  /** Share of the time in which autocannon's own event loop was busy. */
  readonly generatorBusyShare: number;
  readonly seconds: number;
}

/** A hanging request is given up after that; autocannon takes whole seconds. */
const timeoutSeconds = 10;
/** How fast autocannon sees that it is to stop. */
const stopWithinMs = 25;
/** A dead service is reconnected to in a hot loop: no sense in more of it. */
const mostErrors = 500;

/** Loads until all blocks are counted, or until `signal`, or until too many requests have no answer. */
export async function runClosedLoop(load: ClosedLoop): Promise<ClosedLoopResult> {
  const statuses = new StatusCounts(load.conversations);
  const { running, result } = await startAutocannon({
    url: load.baseUrl,
    connections: load.connections,
    duration: load.blockSeconds * (load.blocks + 1) * 2 + timeoutSeconds,
    timeout: timeoutSeconds,
    sampleInt: stopWithinMs,
    bailout: mostErrors,
    setupClient: requestsFor(load.baseUrl, load.conversations),
  });
  running.on('response', (_client, status) => statuses.add(status));
  const busyBefore = performance.eventLoopUtilization();
  const startedAtMs = performance.now();
  const perSecond = await countBlocks(load, running, statuses);
  const generatorBusyShare = performance.eventLoopUtilization(busyBefore).utilization;
  const seconds = (performance.now() - startedAtMs) / 1000;
  const { latency, errors, requests } = await result;
  const { answers, unserved } = statuses;
  return {
    perSecond,
    latencyMs: { p50: latency.p50, p99: latency.p99, max: latency.max },
    sent: requests.sent,
    answers,
    unserved: sumOf(unserved),
    unservedStatuses: unserved.map(([status]) => status),
    errors,
    generatorBusyShare,
    seconds,
  };
}

/** Reads the counter at each block's edge; a late timer makes a longer block, never a wrong rate. */
function countBlocks(
  { blockSeconds, blocks, signal }: ClosedLoop,
  running: Instance,
  statuses: StatusCounts,
): Promise<number[]> {
  return new Promise((counted) => {
    const perSecond: number[] = [];
    let edge: { readonly atMs: number; readonly answers: number } | undefined;
    const end = () => {
      clearInterval(timer);
      signal.removeEventListener('abort', end);
      running.stop();
      counted(perSecond);
    };
    const timer = setInterval(() => {
      const now = { atMs: performance.now(), answers: statuses.answers };
      if (edge) perSecond.push(((now.answers - edge.answers) * 1000) / (now.atMs - edge.atMs));
      edge = now;
      if (perSecond.length >= blocks) end();
    }, blockSeconds * 1000);
    running.once('done', end);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
