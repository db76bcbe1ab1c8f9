/**
 * What faults change about a service while they last. Services read it where it matters to them; at rest that is
 * one comparison, so that a fault costs nothing while none is active.
 */
export interface Conditions {
  /** Added to every call to another service or provider. */
  outgoingDelayMs: number;
  /** How far the clock is ahead; negative if it is behind. */
  clockSkewMs: number;
  /** Writes fail with ENOSPC. */
  diskFull: boolean;
  /** True for a message that is to be lost. */
  losesEvent: (() => boolean) | undefined;
  /** How many releases answer at once. */
  releases: number;
  /** How far a flag is rolled out; undefined while none is. */
  rolloutPercent: number | undefined;
}

export const atRest = (): Conditions => ({
  outgoingDelayMs: 0,
  clockSkewMs: 0,
  diskFull: false,
  losesEvent: undefined,
  releases: 1,
  rolloutPercent: undefined,
});
