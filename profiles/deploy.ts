import { type DrillSpec, oneAfterAnother } from './drills.ts';
import type { Profile } from './types.ts';

const calmSeconds = 15;

export interface Deployed {
  /** Whose release is rolled out. */
  readonly service: string;
  /** Where flags are opened to customers; without it no flag is. */
  readonly flags?: string;
}

/**
 * Changes of one service at peak, with calm between: a release that works, three times so that deploys alternate with
 * none; one that does not and aborts itself, one that does not and is rolled back, and a flag that is opened to
 * everybody.
 */
export function deploy({ service, flags }: Deployed): Profile {
  const warmUpSeconds = 5;
  const riseSeconds = 5;
  const peakFrom = warmUpSeconds + riseSeconds;
  const release: DrillSpec = {
    service,
    kind: 'rolling-deploy',
    forSeconds: 12,
    recoverySeconds: calmSeconds,
  };
  const changes: DrillSpec[] = [
    ...[release, release, release],
    {
      ...{ service, kind: 'bad-deploy', forSeconds: 12, recoverySeconds: 20 },
      parameters: { canaryShare: 0.25, errorShare: 0.5, abortAfterFailures: 20 },
    },
    {
      ...{ service, kind: 'bad-deploy', forSeconds: 10, recoverySeconds: 20 },
      parameters: { canaryShare: 0.1, errorShare: 0.5 },
    },
    ...(flags === undefined
      ? []
      : [{ service: flags, kind: 'flag-rollout', forSeconds: 14, recoverySeconds: 10 } as const]),
  ];
  const { faults, endSecond } = oneAfterAnother(changes, peakFrom + calmSeconds);
  const flagWords = flags === undefined ? '' : ', and a flag opened to everybody';
  return {
    name: 'deploy',
    description: `${service} deployed at the 10x peak: well three times, badly with an abort, badly with a roll-back${flagWords}; ${endSecond} seconds`,
    phases: [
      { name: 'warmup', kind: 'hold', seconds: warmUpSeconds, multiplier: 1 },
      { name: 'rise', kind: 'ramp', seconds: riseSeconds, multiplier: 10 },
      { name: 'peak', kind: 'hold', seconds: endSecond - peakFrom, multiplier: 10 },
    ],
    faults,
    abort: { errorShare: { above: 0.8, overSeconds: 20 } },
  };
}
