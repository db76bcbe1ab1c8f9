/** Takes one fault back: every action, in order, again where it fails, and then a look whether the system is steady. */

import { neverAborted } from '../../process/deadline.ts';
import { actionText } from '../action-text.ts';
import type { Action, Check, FaultProcedure } from '../types.ts';
import { type LeaseTools, pause } from './tools.ts';

/** A try, and as many more as an answer that got lost or a service that is just starting may need. */
const attempts = 5;
const firstPauseMs = 100;
/** No further try is begun after so long: the other actions wait. */
const longestMs = 15_000;

/** Runs every action whatever became of those before it. Resolves with true if all of them were done. */
export async function rollBackActions(procedure: FaultProcedure, tools: LeaseTools): Promise<boolean> {
  tools.tell(procedure, 'rolling-back');
  let allDone = true;
  for (const action of procedure.rollBack) {
    const undone = await performPatiently(procedure, action, tools);
    if (undone === undefined) continue;
    allDone = false;
    tools.tell(procedure, 'roll-back-failed', `${actionText(action)}: ${undone}`);
  }
  if (allDone) tools.tell(procedure, 'rolled-back');
  return allDone;
}

async function performPatiently(
  { fault }: FaultProcedure,
  action: Action,
  tools: LeaseTools,
): Promise<string | undefined> {
  const startedAtMs = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    const undone = await tools.perform(fault.id, action, neverAborted);
    if (undone === undefined) return undefined;
    const isEnough = attempt === attempts || performance.now() - startedAtMs > longestMs;
    if (isEnough) return `${undone}, ${attempt} times`;
    await pause(firstPauseMs * 2 ** (attempt - 1));
  }
}

/** One roll-back that hangs must not keep the others waiting longer than this. */
const turnMs = 1_000;

/** Takes faults back one after the other, the last one first; resolves with what each came to. */
export async function lastFirst<T extends { readonly procedure: FaultProcedure }, R>(
  items: readonly T[],
  takeBack: (item: T) => Promise<R>,
): Promise<R[]> {
  const ordered = [...items].sort((a, b) => b.procedure.fault.startSecond - a.procedure.fault.startSecond);
  const all: Promise<R>[] = [];
  for (const item of ordered) {
    const done = takeBack(item);
    all.push(done);
    await Promise.race([done, pause(turnMs)]);
  }
  return Promise.all(all);
}

/** Asks until all say yes; false if `patience` is aborted before. */
export async function isSteady(
  { steady }: FaultProcedure,
  tools: LeaseTools,
  patience: AbortSignal,
): Promise<boolean> {
  const answers = await Promise.all(steady.map((check) => becomesYes(check, tools, patience)));
  return answers.every(Boolean);
}

/** Asks until yes; false if `patience` is aborted before. */
export async function becomesYes(check: Check, tools: LeaseTools, patience: AbortSignal): Promise<boolean> {
  while (!patience.aborted) {
    if (await tools.ask(check, patience)) return true;
    await pause(check.everyMs, patience);
  }
  return false;
}
