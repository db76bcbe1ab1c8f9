/** What the runner does where the supervisor was killed: its work, with what is known of it. */

import { neverAborted, withDeadline } from '../process/deadline.ts';
import type { FaultEvent, JournalNote } from './events.ts';
import { isSteady, lastFirst, rollBackActions } from './supervisor/roll-back.ts';
import { createTools } from './supervisor/tools.ts';
import type { FaultProcedure } from './types.ts';

/** Nobody waits long for a system to be steady whose drills have failed. */
const settleMs = 2_000;

/**
 * Takes every one of these faults back, the last one first. One that was never injected is none the worse for it.
 * Never rejects; what could not be done is among the events.
 */
export async function takeBack(
  procedures: readonly FaultProcedure[],
  onEvent: (event: FaultEvent) => void,
  onNote: (note: JournalNote) => void,
): Promise<void> {
  const tools = createTools(onEvent, onNote);
  const items = procedures.map((procedure) => ({ procedure }));
  await lastFirst(items, ({ procedure }) => rollBackActions(procedure, tools));
  const looks = procedures.map(async (procedure) => {
    const steady = await withDeadline(settleMs, neverAborted, (patience) =>
      isSteady(procedure, tools, patience),
    );
    if (steady) tools.tell(procedure, 'steady');
  });
  await Promise.all(looks);
}
