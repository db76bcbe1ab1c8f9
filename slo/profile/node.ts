/** What a Node thread told about itself, as a part of its service's profile. */
import type { Estimate } from './estimate.ts';

export interface FunctionShare {
  readonly name: string;
  /** As V8 names it: a path, a file: URL, `node:…` or empty for the engine's own. */
  readonly file: string;
  readonly line: number;
  /** Shares of the busy time, 0 to 1. */
  readonly selfShare: Estimate;
  readonly totalShare: number;
}

/** A function in the place from which it was called. */
export interface FlameNode {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Busy time in and below it, in samples. */
  readonly samples: number;
  readonly children: readonly FlameNode[];
}

export interface HeapPoint {
  /** Requests sent before it. */
  readonly requests: number;
  /** Heap and external memory after a forced garbage collection. */
  readonly usedBytes: number;
}

export interface HeapFacts {
  readonly points: readonly HeapPoint[];
  readonly bytesPerRequest?: Estimate;
}

export interface NodeFacts {
  readonly version: string;
  readonly eventLoopDelayMs?: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly garbageCollection?: {
    readonly pauses: number;
    readonly p50Ms: number;
    readonly maxMs: number;
    /** Share of the time spent in pauses. */
    readonly share: number;
  };
  readonly heap?: HeapFacts;
  readonly cpuProfile?: {
    /** Its name in the profile's folder. */
    readonly file: string;
    readonly ratePerSecond: number;
    readonly seconds: number;
    readonly samples: number;
    readonly busyShare: number;
    readonly functions: readonly FunctionShare[];
    readonly flame: FlameNode;
  };
}
