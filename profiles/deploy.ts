import { type DrillSpec, oneAfterAnother } from './drills.ts';
import type { Profile } from './types.ts';

const calmSeconds = 15;

/** Two bad releases of one service at peak, each rolled back: with a tenth of the requests, and with a quarter. */
export function deploy(service: string): Profile {
  const warmUpSeconds = 5;
  const riseSeconds = 5;
  const peakFrom = warmUpSeconds + riseSeconds;
  const bad = (canaryShare: number): DrillSpec => ({
    ...{ service, kind: 'bad-deploy', parameters: { canaryShare, errorShare: 0.5 } },
    ...{ forSeconds: 10, recoverySeconds: 20 },
  });
  const { faults, endSecond } = oneAfterAnother([bad(0.1), bad(0.25)], peakFrom + calmSeconds);
  return {
    name: 'deploy',
    description: `two bad releases of ${service} at the 10x peak, each rolled back; ${endSecond} seconds`,
    phases: [
      { name: 'warmup', kind: 'hold', seconds: warmUpSeconds, multiplier: 1 },
      { name: 'rise', kind: 'ramp', seconds: riseSeconds, multiplier: 10 },
      { name: 'peak', kind: 'hold', seconds: endSecond - peakFrom, multiplier: 10 },
    ],
    faults,
    abort: { errorShare: { above: 0.8, overSeconds: 20 } },
  };
}
