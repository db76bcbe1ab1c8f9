import type { PhaseSpec, Profile } from './types.ts';

/** A phase of this name lets caches, pools and JIT settle; it keeps its length under --duration. */
export function isWarmUp(phase: PhaseSpec): boolean {
  return phase.name === 'warmup';
}

export function warmUpSeconds(profile: Profile): number {
  return profile.phases.filter(isWarmUp).reduce((sum, phase) => sum + phase.seconds, 0);
}
