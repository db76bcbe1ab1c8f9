/** What leases work with, so that they can be held by the supervisor, or by the runner that lost it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { actionText } from '../action-text.ts';
import type { FaultEvent, FaultStep, JournalNote } from '../events.ts';
import type { Action, Check, FaultProcedure } from '../types.ts';
import { isYes, whyUndone } from './answers.ts';
import { attempt } from './attempt.ts';

export interface LeaseTools {
  /** Resolves with why the action was not done, or undefined if it was. */
  readonly perform: (fault: string, action: Action, signal: AbortSignal) => Promise<string | undefined>;
  readonly ask: (check: Check, signal: AbortSignal) => Promise<boolean>;
  readonly tell: (procedure: FaultProcedure, step: FaultStep, text?: string) => void;
}

/** Tools that do things for real. `onEvent` and `onNote` get each step and each action with its time. */
export function createTools(
  onEvent: (event: FaultEvent) => void,
  onNote: (note: JournalNote) => void,
): LeaseTools {
  return {
    perform: async (fault, action, signal) => {
      const answer = await attempt(action, signal);
      const undone = whyUndone(action, answer);
      const outcome = `${undone ?? 'done'} (${Math.round(answer.ms)} ms)`;
      onNote({ atMs: Date.now(), step: 'action', fault, text: `${actionText(action)} → ${outcome}` });
      return undone;
    },
    ask: async (check, signal) => isYes(check, await attempt(check.action, signal)) && !signal.aborted,
    tell: ({ fault, driver }, step, text) =>
      onEvent({ atMs: Date.now(), fault: fault.id, driver, step, ...(text === undefined ? {} : { text }) }),
  };
}

/** Waits; resolves early if the signal is aborted. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}
