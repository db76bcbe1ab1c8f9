/** What an answer means: whether an action was done, whether a check says yes. */
import type { Action, Check } from '../types.ts';
import type { Answer } from './attempt.ts';

/** Why an action was not done, in a few words; undefined if it was. */
export function whyUndone(action: Action, answer: Answer): string | undefined {
  if (action.type === 'http' && action.goneIsDone && answer.refused) return undefined;
  if (answer.failure !== undefined) return answer.failure;
  if (action.type === 'http') {
    const status = answer.status ?? 0;
    const isDone = action.doneStatus?.includes(status) ?? (status >= 200 && status < 300);
    return isDone ? undefined : `answered ${status}${excerpt(answer.text)}`;
  }
  if (action.type === 'process' && answer.exitCode !== 0) {
    return `ended with ${answer.exitCode}${excerpt(answer.text)}`;
  }
  return undefined;
}

function excerpt(text: string | undefined): string {
  const line = (text ?? '').trim().split('\n')[0]?.slice(0, 160);
  return line ? `: ${line}` : '';
}

/** Every part of the expectation must hold; where none allows a failure, no answer is no. */
export function isYes({ expect }: Pick<Check, 'expect'>, answer: Answer): boolean {
  const { status, withinMs, longerThanMs, failsOrStatus, contains, matches, exitCode } = expect;
  const failed = answer.failure !== undefined;
  if (failed && failsOrStatus === undefined) return false;
  return (
    (failsOrStatus === undefined || failed || failsOrStatus.includes(answer.status ?? 0)) &&
    (status === undefined || status.includes(answer.status ?? 0)) &&
    (withinMs === undefined || answer.ms <= withinMs) &&
    (longerThanMs === undefined || answer.ms > longerThanMs) &&
    (contains === undefined || (answer.text ?? '').includes(contains)) &&
    (matches === undefined || new RegExp(matches).test(answer.text ?? '')) &&
    (exitCode === undefined || answer.exitCode === exitCode)
  );
}
