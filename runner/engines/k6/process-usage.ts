import { readFileSync } from 'node:fs';
import type { EngineUsage } from '../engine.ts';

/** Linux counts CPU time for user space in ticks of 10 ms on every architecture (USER_HZ). */
const ticksPerSecond = 100;

/** CPU time and resident memory of a process, from Linux' /proc; undefined elsewhere or once it has ended. */
export function processUsage(pid: number): EngineUsage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // The name in parentheses may hold anything; utime and stime are the 12th and 13th fields after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    const residentKb = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    return { cpuSeconds: ticks / ticksPerSecond, memoryMb: residentKb / 1024 };
  } catch {
    return undefined;
  }
}
