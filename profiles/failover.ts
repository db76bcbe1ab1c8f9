import type { FaultSpec } from './faults.ts';
import type { Profile } from './types.ts';

const calmSeconds = 15;
const goneSeconds = 10;
const recoverySeconds = 35;

/** A zone is gone at peak, and with it where all of `services` write first; each fails over to its copy. */
export function failover(services: readonly string[]): Profile {
  const warmUpSeconds = 5;
  const riseSeconds = 5;
  const atSeconds = warmUpSeconds + riseSeconds + calmSeconds;
  const endSecond = atSeconds + goneSeconds + recoverySeconds;
  return {
    name: 'failover',
    description: `loss of the zone of ${services.join(', ')} at the 10x peak; ${endSecond} seconds`,
    phases: [
      { name: 'warmup', kind: 'hold', seconds: warmUpSeconds, multiplier: 1 },
      { name: 'rise', kind: 'ramp', seconds: riseSeconds, multiplier: 10 },
      { name: 'peak', kind: 'hold', seconds: endSecond - warmUpSeconds - riseSeconds, multiplier: 10 },
    ],
    faults: services.map(
      (service): FaultSpec => ({
        ...{ atSeconds, forSeconds: goneSeconds, service, kind: 'zone-loss' },
        // What these acknowledge is in both zones by then.
        parameters: { lagMs: 0, failOverMs: 3000 },
      }),
    ),
    // A zone takes everything in it at once.
    faultsMayOverlap: true,
    abort: { errorShare: { above: 0.8, overSeconds: 20 } },
  };
}
