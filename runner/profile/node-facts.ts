/** From what a Node thread told to what a profile says about it. */
import { analyseCpuProfile, type CpuProfile } from '../../slo/profile/cpu-profile.ts';
import { heapFacts } from '../../slo/profile/heap.ts';
import type { HeapPoint, NodeFacts } from '../../slo/profile/node.ts';
import { medianOfSorted } from '../../slo/statistics/ranks.ts';
import { profileFiles } from '../store/profile-folder.ts';
import type { ThreadReading } from './inspector/probe.ts';

export interface NodeReadings {
  /** Of the run at the steady rate, without the profiler. */
  readonly thread?: ThreadReading;
  readonly threadSeconds?: number;
  readonly cpuProfile?: CpuProfile;
  readonly profiledRatePerSecond?: number;
}

/** Undefined if no thread told anything. */
export function nodeFacts(readings: NodeReadings, points: readonly HeapPoint[]): NodeFacts | undefined {
  const { thread, threadSeconds = 1, cpuProfile, profiledRatePerSecond = 0 } = readings;
  if (thread === undefined && points.length === 0) return undefined;
  const { eventLoopDelayMs, pausesMs } = thread ?? {};
  return {
    version: thread?.nodeVersion ?? 'unknown',
    ...(eventLoopDelayMs === undefined ? {} : { eventLoopDelayMs }),
    ...(pausesMs === undefined ? {} : { garbageCollection: pausesOf(pausesMs, threadSeconds) }),
    ...(points.length === 0 ? {} : { heap: heapFacts(points) }),
    ...(cpuProfile === undefined ? {} : { cpuProfile: profileOf(cpuProfile, profiledRatePerSecond) }),
  };
}

function pausesOf(pausesMs: readonly number[], seconds: number) {
  const sorted = Float64Array.from(pausesMs).sort();
  return {
    pauses: sorted.length,
    p50Ms: sorted.length === 0 ? 0 : medianOfSorted(sorted),
    maxMs: sorted.at(-1) ?? 0,
    share: sorted.reduce((sum, ms) => sum + ms, 0) / 1000 / seconds,
  };
}

function profileOf(profile: CpuProfile, ratePerSecond: number): NonNullable<NodeFacts['cpuProfile']> {
  const { busyShare, samples, seconds, functions, flame } = analyseCpuProfile(profile);
  return { file: profileFiles.cpuProfile, ratePerSecond, seconds, samples, busyShare, functions, flame };
}
