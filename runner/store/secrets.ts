import { redact } from '../redact.ts';
import type { RunningTarget } from '../types.ts';

/** Headers also carry plain words (`accept`); a credential is longer than most of them. */
const shortestCredential = 8;

/** A function that takes a target's secrets out of texts: its named secrets, and credentials in its headers. */
export function cleanerFor({ secrets, headers }: Pick<RunningTarget, 'secrets' | 'headers'>) {
  const credentials = Object.values(headers)
    .flatMap((value) => [value, ...value.split(' ')])
    .filter((value) => value.length >= shortestCredential);
  const all = [...Object.values(secrets), ...credentials];
  return (text: string): string => redact(text, all);
}
