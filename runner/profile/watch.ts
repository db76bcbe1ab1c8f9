/** What is learned about the profiled service beside its answers: CPU time, memory, heap. Nothing of it may fail a run. */

import { estimateOf } from '../../slo/profile/estimate.ts';
import type { HeapPoint } from '../../slo/profile/node.ts';
import type { CpuFacts, Estimate } from '../../slo/profile/types.ts';
import { processUsage } from '../engines/k6/process-usage.ts';
import { readThread, usedBytesAfterCollection } from './inspector/probe.ts';
import type { RunningSubject } from './types.ts';

export class SubjectWatch {
  readonly #subject: RunningSubject;
  readonly #heapPoints: HeapPoint[] = [];
  #requests = 0;

  constructor(subject: RunningSubject) {
    this.#subject = subject;
  }

  get heapPoints(): readonly HeapPoint[] {
    return this.#heapPoints;
  }

  get cpuOf(): CpuFacts['of'] {
    return this.#subject.sharesProcess ? 'event-loop' : 'process';
  }

  /** Nothing is sent: counts the requests since last time, and takes the heap's size. */
  async rest(requests: number): Promise<void> {
    this.#requests += requests;
    const { inspector } = this.#subject;
    if (inspector === undefined) return;
    const usedBytes = await usedBytesAfterCollection(inspector).catch(() => undefined);
    if (usedBytes !== undefined) this.#heapPoints.push({ requests: this.#requests, usedBytes });
  }

  memoryMb(): number | undefined {
    const { pid, sharesProcess } = this.#subject;
    return pid === undefined || sharesProcess ? undefined : processUsage(pid)?.memoryMb;
  }

  /** CPU seconds so far; undefined where nobody tells. */
  async #cpuSeconds(): Promise<number | undefined> {
    const { pid, inspector, sharesProcess } = this.#subject;
    if (!sharesProcess) return pid === undefined ? undefined : processUsage(pid)?.cpuSeconds;
    const reading = inspector && (await readThread(inspector).catch(() => undefined));
    return reading && reading.busyMs / 1000;
  }

  /** Cores in use while `work` goes on, a block a second. */
  async coresDuring<T>(work: () => Promise<T>): Promise<{ result: T; cores?: Estimate }> {
    const blocks: number[] = [];
    let before = await this.#reading();
    let reading: Promise<void> = Promise.resolve();
    const timer = setInterval(() => {
      reading = reading.then(async () => {
        const now = await this.#reading();
        if (before && now)
          blocks.push((now.cpuSeconds - before.cpuSeconds) / ((now.atMs - before.atMs) / 1000));
        before = now;
      });
    }, 1000);
    try {
      const result = await work();
      await reading;
      // The first second holds the connections' opening.
      const cores = estimateOf(blocks.slice(1));
      return { result, ...(cores === undefined ? {} : { cores }) };
    } finally {
      clearInterval(timer);
    }
  }

  async #reading(): Promise<{ readonly atMs: number; readonly cpuSeconds: number } | undefined> {
    const cpuSeconds = await this.#cpuSeconds();
    return cpuSeconds === undefined ? undefined : { atMs: performance.now(), cpuSeconds };
  }
}
