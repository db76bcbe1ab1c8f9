/** Values that travel between the parts of `peakproof profile`. */
import type { Problem } from '../../scenarios/problem.ts';
import type { Capacity, Demand, Subject } from '../../slo/profile/types.ts';
import type { Engine } from '../engines/engine.ts';
import type { ProfileFolder } from '../store/profile-folder.ts';
import type { InspectorSession } from './inspector/session.ts';
import type { Mix } from './mix/types.ts';

/** A service that answers, and what can be learned about it beside its answers. */
export interface RunningSubject {
  readonly subject: Subject;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** The process that serves, if it is known. */
  readonly pid?: number;
  /** Of the thread that serves, if it is a Node service whose inspector we reached. */
  readonly inspector?: InspectorSession;
  /** True if the process holds more than the service, so that its accounts are not the service's. */
  readonly sharesProcess: boolean;
  /** Resolves with the cause if the service ends by itself; never otherwise. */
  readonly ended: Promise<string>;
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
  /** Ends what we started, and leaves alone what we did not. */
  stop(): Promise<void>;
}

export interface ProfileRequest {
  readonly subject: RunningSubject;
  readonly mix: Mix;
  /** Requests per second to take latency at; shares of the capacity if undefined. */
  readonly rates?: readonly number[];
  readonly rateSeconds: number;
  readonly blockSeconds: number;
  /** Undefined where there is none: autocannon takes its place, uncorrected. */
  readonly k6?: Engine;
  readonly folder: ProfileFolder;
  /** What the service needs at the peak; undefined if nobody knows how much will come. */
  readonly demandOf?: (capacity: Capacity) => Demand;
  readonly stopSignal: AbortSignal;
  /** A step of the work begins. */
  readonly onStep: (text: string) => void;
}
