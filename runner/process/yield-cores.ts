/** Lets a process run only where others leave the cores idle, as far as the system lets us say so. */
import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** The least of Linux' nice values. */
const leastOfGroup = 19;

/**
 * Lowers the priority of a process that leads a session of its own, and with it that of all that it starts. Where
 * that cannot be done the process runs as any other.
 */
export function yieldCores(pid: number): void {
  const attempts = [
    () => setPriority(pid, constants.priority.PRIORITY_LOW),
    // Linux weighs whole sessions against each other: within one alone a priority counts (sched(7), autogroup).
    () => writeFileSync(`/proc/${pid}/autogroup`, String(leastOfGroup)),
  ];
  for (const attempt of attempts) {
    try {
      attempt();
    } catch {
      // Not Linux, without such groups, or ended already.
    }
  }
}
