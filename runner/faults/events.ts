/** What becomes of a fault, step by step: sent to the runner, kept in measurements.log and in the journal. */

export const faultSteps = [
  /** The system is looked at before the fault. */
  'begun',
  'injecting',
  'injected',
  'took-effect',
  'rolling-back',
  'rolled-back',
  'steady',
  /** Something went wrong, in `text`; the drill proves less than it should. */
  'problem',
  /** An action of the roll-back could not be done, in `text`: the system may still be broken. */
  'roll-back-failed',
] as const;

export type FaultStep = (typeof faultSteps)[number];

export interface FaultEvent {
  /** Wall clock, ms since the epoch. */
  readonly atMs: number;
  /** Id of the planned fault. */
  readonly fault: string;
  readonly driver: string;
  readonly step: FaultStep;
  readonly text?: string;
}

/** A line of faults.log that concerns the supervisor itself, or one action of a fault. */
export interface JournalNote {
  readonly atMs: number;
  readonly step: 'supervisor-started' | 'action' | 'lease-lost' | 'ending' | 'supervisor-ended';
  readonly fault?: string;
  readonly text: string;
}

export type JournalEntry = FaultEvent | JournalNote;

/** Whether a line tells a step of a fault. */
export function isFaultEvent(entry: JournalEntry): entry is FaultEvent {
  return (faultSteps as readonly string[]).includes(entry.step);
}
