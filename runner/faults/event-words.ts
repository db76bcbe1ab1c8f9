import { faultKinds } from '../../profiles/faults.ts';
import type { FaultEvent } from './events.ts';
import type { FaultProcedure } from './types.ts';

/** A step in words, after the fault's id; undefined for one that is not worth a line while a run goes on. */
export function eventWords(
  { fault, step, text = '' }: FaultEvent,
  procedures: readonly FaultProcedure[],
): string | undefined {
  switch (step) {
    case 'injected': {
      const kind = procedures.find((one) => one.fault.id === fault)?.fault.kind;
      return `injected${kind === undefined ? '' : `: ${faultKinds[kind].description}`}`;
    }
    case 'took-effect':
      return 'was seen to take effect';
    case 'rolled-back':
      return 'taken back';
    case 'steady':
      return 'is over: the system is steady again';
    case 'problem':
      return `proves less: ${text}`;
    case 'roll-back-failed':
      return `ROLL-BACK FAILED: ${text}`;
    default:
      return undefined;
  }
}
