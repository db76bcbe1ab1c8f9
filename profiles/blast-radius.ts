import { oneAfterAnother } from './drills.ts';
import type { Profile } from './types.ts';

/** Takes each service away in turn: who else suffers, and for how long? */
export function blastRadius(services: readonly string[]): Profile {
  const warmUpSeconds = 5;
  const calmSeconds = 10;
  // Each is watched while others are broken, but for the last, and hardly anybody asks some of them.
  const lastWatchSeconds = 15;
  const crashes = services.map((service) => ({
    ...{ service, kind: 'crash' as const },
    // Long enough for eight probes, whenever they begin: they tell of services that hardly anybody asks meanwhile.
    ...{ forSeconds: 9, recoverySeconds: 10 },
  }));
  const { faults, endSecond: lastOver } = oneAfterAnother(crashes, warmUpSeconds + calmSeconds);
  const endSecond = lastOver + lastWatchSeconds;
  return {
    name: 'blast-radius',
    description: `takes each of ${services.length} services away in turn, at 5x; ${endSecond} seconds`,
    phases: [
      { name: 'warmup', kind: 'hold', seconds: warmUpSeconds, multiplier: 5 },
      { name: 'steady', kind: 'hold', seconds: endSecond - warmUpSeconds, multiplier: 5 },
    ],
    faults,
    abort: { errorShare: { above: 0.8, overSeconds: 20 } },
  };
}
