import type { Environment } from '../../profiles/types.ts';
import type { Problem } from '../../scenarios/problem.ts';
import type { StandInControl } from './control.ts';
import type { MetricEndpoints } from './metric-sources.ts';
import type { ReplicaGauge } from './replica-sources.ts';

/** A system that answers: where, what may be sent to it, and with which secrets. */
export interface RunningTarget {
  readonly environment: Environment;
  /** Hosts (`name:port`) that requests may go to; every request of ours is held against it. */
  readonly allow: readonly string[];
  /** Headers every request carries, secrets among them. Never saved. */
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Where the servers' own metrics are asked for. */
  readonly metricEndpoints: MetricEndpoints;
  /** Where services tell their memory, in Prometheus' text format. */
  readonly metricsUrls?: Readonly<Record<string, string>>;
  /** Where services tell how many replicas they have. */
  readonly replicaGauges?: Readonly<Record<string, ReplicaGauge>>;
  /** Texts that are blanked out of everything saved or shown: secrets, and what headers took from the environment. */
  readonly confidential: readonly string[];
  /** Process ids of a stand-in that we started, for generator health; empty otherwise. */
  readonly pids: readonly number[];
  /** How a stand-in is broken and mended; absent for any other system. */
  readonly control?: StandInControl;
  /** Where its pages send beacons of their own accord, outside of this run; virtual users send theirs there. */
  readonly collector?: { readonly url: string; readonly apiKey: string };
  /** Tells the system where its pages are to send beacons, where it can be told. */
  readonly tellCollector?: (collector: { readonly url: string; readonly apiKey: string }) => Promise<void>;
  /** Resolves if a stand-in that we started ends by itself. Never rejects. */
  readonly broken?: Promise<BrokenStandIn>;
  readonly stop: () => Promise<void>;
}

export interface BrokenStandIn {
  readonly problem: Problem;
  /** The end of what it said. */
  readonly log: string;
}
