import { randomBytes } from 'node:crypto';

const ofThisProcess = randomBytes(4).toString('hex');
let made = 0;

/** A text that no conversation had before, in this run or another one against the same service. */
export function freshValue(): string {
  made += 1;
  return `${ofThisProcess}-${made}`;
}
