/** Lets a process run only where others leave the cores idle, as far as the system lets us say so. */
import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** The least of Linux' nice values. */
const leastOfSession = 19;

/**
 * Lowers the priority of this process, which leads a session of its own, and with it that of all that it starts from
 * now on. Where that cannot be done it runs as any other.
 */
export function yieldCores(): void {
  const attempts = [
    () => setPriority(constants.priority.PRIORITY_LOW),
    // Linux weighs whole sessions against each other; a priority counts within one alone (sched(7), autogroup).
    () => writeFileSync('/proc/self/autogroup', String(leastOfSession)),
  ];
  for (const attempt of attempts) {
    try {
      attempt();
    } catch {
      // Not Linux, or without such groups.
    }
  }
}
