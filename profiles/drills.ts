import type { FaultSpec } from './faults.ts';

/** A fault whose time is the profile's to choose. */
export interface DrillSpec extends Omit<FaultSpec, 'atSeconds'> {
  /** For the system to become steady before the next one. */
  readonly recoverySeconds: number;
}

/** Drills one after the other, the first at `fromSecond`. */
export function oneAfterAnother(
  drills: readonly DrillSpec[],
  fromSecond: number,
): { readonly faults: readonly FaultSpec[]; readonly endSecond: number } {
  let endSecond = fromSecond;
  const faults = drills.map(({ recoverySeconds, ...fault }): FaultSpec => {
    const atSeconds = endSecond;
    endSecond += fault.forSeconds + recoverySeconds;
    return { atSeconds, ...fault };
  });
  return { faults, endSecond };
}
