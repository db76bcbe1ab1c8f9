import type { Phase } from '../../profiles/types.ts';

/** The phase that holds the middle of a second; the last one for whatever comes after the plan's end. */
export function phaseAt(phases: readonly Phase[], second: number): Phase | undefined {
  return phases.find((phase) => second + 0.5 < phase.endSecond) ?? phases.at(-1);
}
