/** What runner and supervisor tell each other over their channel. */
import type { FaultEvent } from '../events.ts';
import type { FaultProcedure } from '../types.ts';

export type ToSupervisor =
  | {
      readonly type: 'start';
      readonly procedures: readonly FaultProcedure[];
      readonly mayOverlap: boolean;
      /** Absolute path of faults.log. */
      readonly journal: string;
      /** Blanked out of the journal. */
      readonly confidential: readonly string[];
    }
  | { readonly type: 'beat' }
  | {
      readonly type: 'order';
      readonly fault: string;
      readonly injectAtMs: number;
      readonly rollBackAtMs: number;
    }
  /** Take everything back, give the system so long to be steady, and end. */
  | { readonly type: 'end'; readonly why: string; readonly settleMs: number };

export type FromSupervisor =
  | { readonly type: 'ready' }
  | { readonly type: 'beat' }
  | { readonly type: 'event'; readonly event: FaultEvent }
  /** Faults were taken back, although nobody said so. */
  | { readonly type: 'lost'; readonly why: string }
  /** Everything active was taken back, or given up. The system may not be steady yet. */
  | { readonly type: 'rolled-back' };
