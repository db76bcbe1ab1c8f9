/** What shows that a fault of each kind is in force: something that the service itself answers differently. */
import type { FaultKind, PlannedFault } from '../../../../profiles/faults.ts';
import type { Check } from '../../types.ts';

/** How one service is asked, past every gateway. */
export interface ServiceProbes {
  /** Its health check. */
  readonly health: (timeoutMs: number) => Check['action'];
  /** Its own monitoring: 200 while a subject is well, 503 while it is not. */
  readonly monitoring: (subject: string) => Check['action'];
  /** Its interface's description, the longest answer that asks for nothing: about a kilobyte. */
  readonly document: (timeoutMs: number) => Check['action'];
}

type Parameters = PlannedFault['parameters'];

interface Effect {
  /** In words, after the service's name. */
  readonly says: string;
  readonly action: (probes: ServiceProbes, parameters: Parameters) => Check['action'];
  readonly expect: (parameters: Parameters) => Check['expect'];
  /** Why so little of it could not be told from nothing; undefined if it can. */
  readonly tooLittle?: (parameters: Parameters) => string | undefined;
}

/** A healthy service answers within some milliseconds; a busy machine may make that some hundred. */
const patienceMs = 1_000;
/** The shortest description, that of experiments, has 0.7. */
const documentKilobytes = 0.6;
/** The sandbox takes the event loop for a share of each so long. */
const burnPeriodMs = 500;

const silent: Effect = {
  says: 'does not answer',
  action: ({ health }) => health(patienceMs),
  expect: () => ({ failsOrStatus: [] }),
};

const failing: Effect = {
  says: 'answers 500',
  action: ({ health }) => health(patienceMs),
  expect: () => ({ status: [500] }),
};

const complaining = (subject: string, says: string): Effect => ({
  says,
  action: ({ monitoring }) => monitoring(subject),
  expect: () => ({ failsOrStatus: [503] }),
});

const atLeast = (name: string, least: number) => (parameters: Parameters) =>
  amount(parameters, name) < least ? `${name} under ${least} could not be seen` : undefined;

export const effects: Readonly<Record<FaultKind, Effect>> = {
  crash: silent,
  hang: silent,
  refused: silent,
  'zone-loss': silent,
  drop: { ...silent, says: 'breaks off its answers', tooLittle: atLeast('share', 0.02) },
  errors: { ...failing, tooLittle: atLeast('share', 0.02) },
  'bad-deploy': {
    ...failing,
    says: 'answers 500 from its canary',
    tooLittle: (parameters) =>
      amount(parameters, 'canaryShare') * amount(parameters, 'errorShare') < 0.02
        ? 'canaryShare × errorShare under 0.02 could not be seen'
        : undefined,
  },
  latency: {
    says: 'answers late',
    action: ({ health }, parameters) => health(patienceMs + highestLatencyMs(parameters)),
    expect: (parameters) => ({ longerThanMs: lowestLatencyMs(parameters) * 0.9 }),
    tooLittle: (parameters) =>
      lowestLatencyMs(parameters) < 50 ? 'latencyMs - jitterMs under 50 could not be seen' : undefined,
  },
  bandwidth: {
    says: 'takes long for a long answer',
    action: ({ document }, parameters) => document(transferMs(parameters)),
    expect: () => ({ failsOrStatus: [] }),
    tooLittle: (parameters) =>
      transferMs(parameters) < 200 ? 'kilobytesPerSecond over 3 could not be seen' : undefined,
  },
  'cpu-burn': {
    says: 'answers when it has time',
    action: ({ health }) => health(patienceMs),
    expect: (parameters) => ({ longerThanMs: (amount(parameters, 'share') * burnPeriodMs) / 2 }),
    tooLittle: atLeast('share', 0.3),
  },
  'slow-dependency': {
    ...complaining('dependencies', 'waits for what it depends on'),
    tooLittle: atLeast('latencyMs', 250),
  },
  'memory-leak': complaining('memory', 'holds much memory, or has died of it'),
  'disk-full': complaining('disk', 'cannot write'),
  'lost-events': { ...complaining('losses', 'loses messages'), tooLittle: atLeast('share', 0.1) },
  'stale-replica': complaining('replication', 'reads from a copy that lags'),
  'rolling-deploy': complaining('release', 'answers from two releases'),
  'flag-rollout': complaining('flags', 'opens a flag'),
  'clock-skew': {
    ...complaining('clock', 'has another time than everybody else'),
    tooLittle: atLeast('skewSeconds', 2),
  },
};

function amount(parameters: Parameters, name: string): number {
  return parameters[name] ?? 0;
}

function lowestLatencyMs(parameters: Parameters): number {
  return amount(parameters, 'latencyMs') - amount(parameters, 'jitterMs');
}

function highestLatencyMs(parameters: Parameters): number {
  return amount(parameters, 'latencyMs') + amount(parameters, 'jitterMs');
}

function transferMs(parameters: Parameters): number {
  return Math.min(2_000, (documentKilobytes / amount(parameters, 'kilobytesPerSecond')) * 1000);
}
