/** Faults that a profile injects: the one list of kinds, and what a profile says of each fault. */

interface FaultKindFacts {
  /** What happens to the service, for people. */
  readonly description: string;
  /** Its parameters with their defaults; the unit stands in the name. */
  readonly parameters: Readonly<Record<string, number>>;
  /** A change that nobody notices if it is done right: there is nothing to recover from. */
  readonly isHarmless?: true;
}

export const faultKinds = {
  crash: { description: 'the process is killed and stays away', parameters: {} },
  hang: { description: 'connections are accepted, nothing is answered', parameters: {} },
  latency: { description: 'every answer comes later', parameters: { latencyMs: 1000, jitterMs: 0 } },
  errors: { description: 'a share of the requests is answered 500', parameters: { share: 1 } },
  refused: { description: 'connections are refused', parameters: {} },
  drop: { description: 'connections are reset in the middle of an answer', parameters: { share: 1 } },
  bandwidth: { description: 'answers trickle', parameters: { kilobytesPerSecond: 1 } },
  'slow-dependency': {
    description: "the service's calls to others take longer",
    parameters: { latencyMs: 1000 },
  },
  'memory-leak': {
    description: 'memory is held until the process dies of it',
    parameters: { megabytesPerSecond: 20 },
  },
  'cpu-burn': { description: 'a share of its event loop is taken', parameters: { share: 0.9 } },
  'disk-full': { description: 'nothing more can be written', parameters: {} },
  'lost-events': { description: 'the event bus loses messages', parameters: { share: 0.5 } },
  'stale-replica': { description: 'reads come from a copy that lags', parameters: { lagMs: 5000 } },
  'clock-skew': {
    description: 'its clock is wrong, so tokens are refused',
    parameters: { skewSeconds: 120 },
  },
  'zone-loss': {
    description: 'a zone with its replicas is gone; the service fails over to a copy that lags',
    parameters: { lagMs: 500, failOverMs: 3000 },
  },
  'bad-deploy': {
    description: 'a canary release errs until it is rolled back; by itself after so many failures, if not 0',
    parameters: { canaryShare: 0.1, errorShare: 0.5, abortAfterFailures: 0 },
  },
  'rolling-deploy': {
    description: 'a release that works replaces the replicas one after the other',
    parameters: { replicaSeconds: 2, cutShare: 0 },
    isHarmless: true,
  },
  'flag-rollout': {
    description: 'a flag is opened to 1, 5, 10, 25, 50 and 100 % of the customers',
    parameters: { stepSeconds: 2 },
    isHarmless: true,
  },
} as const satisfies Readonly<Record<string, FaultKindFacts>>;

export type FaultKind = keyof typeof faultKinds;

export function isHarmless(kind: FaultKind): boolean {
  return 'isHarmless' in faultKinds[kind];
}

/** A fault as a profile writes it down; seconds count from the plan's start. */
export interface FaultSpec {
  readonly atSeconds: number;
  readonly forSeconds: number;
  readonly service: string;
  readonly kind: FaultKind;
  /** What differs from the kind's defaults. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/** A fault on the plan's clock, every parameter filled in. */
export interface PlannedFault {
  /** Unique within the plan: `payment-crash`, with `-2` and so on for a second one. */
  readonly id: string;
  readonly service: string;
  readonly kind: FaultKind;
  readonly startSecond: number;
  readonly endSecond: number;
  readonly parameters: Readonly<Record<string, number>>;
}
