import { redact } from '../redact.ts';
import type { RunningTarget } from '../types.ts';

/** A function that takes a target's confidential texts out of what is to be saved. */
export function cleanerFor({ confidential }: Pick<RunningTarget, 'confidential'>) {
  return (text: string): string => redact(text, confidential);
}
