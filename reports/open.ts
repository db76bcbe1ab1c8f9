/** Objectives that a reader has to look at, and with which words. */
import type { ObjectiveView } from './types.ts';

/** Not kept, not proven, or not on enough events for the policy. */
export function isOpen({ status, decides, tolerated }: ObjectiveView): boolean {
  return status.standing !== 'pass' || decides || tolerated;
}

/** "tolerated" or "waived"; undefined for what is not let through. */
export function letThrough({ tolerated, waived, role }: ObjectiveView): string | undefined {
  return tolerated || waived ? role : undefined;
}

/** The reason, after what the policy has to say about it. */
export function withNote({ note, reason }: ObjectiveView): string {
  return note === '' ? reason : `${note}. ${reason}`;
}
