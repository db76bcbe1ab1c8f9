/** Command-line tools that drivers work through: whether they are there, and whether they would do what is planned. */
import which from 'which';
import { PeakproofError, type Problem, problem } from '../../../scenarios/problem.ts';
import { actionText } from '../action-text.ts';
import { whyUndone } from '../supervisor/answers.ts';
import { attempt } from '../supervisor/attempt.ts';
import type { Action } from '../types.ts';

/** A tool that is not on PATH, or whose look at its own configuration fails. Nothing is sent anywhere. */
export async function toolProblems(tool: string, looks: readonly Action[] = []): Promise<readonly Problem[]> {
  if ((await which(tool, { nothrow: true })) === null) {
    return [problem('FAULT_DRIVER_UNUSABLE', `there is no ${tool} on PATH`)];
  }
  return failures(looks, new AbortController().signal);
}

/** Does actions that change nothing. @throws PeakproofError with one FAULT_DRIVER_UNUSABLE for each that fails. */
export async function rehearseActions(actions: readonly Action[], signal: AbortSignal): Promise<void> {
  const problems = await failures(actions, signal);
  if (problems.length > 0) throw new PeakproofError(problems);
}

async function failures(actions: readonly Action[], signal: AbortSignal): Promise<readonly Problem[]> {
  const found = await Promise.all(
    actions.map(async (action) => {
      const undone = whyUndone(action, await attempt(action, signal));
      return undone === undefined ? [] : [`${actionText(action)}: ${undone}`];
    }),
  );
  return found.flat().map((cause) => problem('FAULT_DRIVER_UNUSABLE', cause));
}
