/** The display where nobody can redraw (a CI log, a file): one line at each change of phase and every few seconds. */
import { cleanText } from '../../reports/clean.ts';
import { clockTime, count, decimal, multiple } from '../../reports/figures.ts';
import type { LiveSnapshot, LiveView } from '../types.ts';
import { latencyText } from './block.ts';

const everySeconds = 5;

export function linesView(out: { write(text: string): unknown }): LiveView {
  let phase: string | undefined;
  let lastSecond = Number.NEGATIVE_INFINITY;
  return {
    note(message) {
      out.write(`${cleanText(message)}\n`);
    },
    snapshot(snapshot) {
      if (snapshot.phase === phase && snapshot.second - lastSecond < everySeconds) return;
      phase = snapshot.phase;
      lastSecond = snapshot.second;
      out.write(`${describeSnapshot(snapshot)}\n`);
    },
    close() {},
  };
}

/** `0:35/2:30  peak 10x  308 of 310 requests/s  p50 …  3 errors, 0 dropped  broken: payment-latency  at risk: …`. */
export function describeSnapshot(now: LiveSnapshot): string {
  const parts = [
    `${clockTime(now.second)}/${clockTime(now.durationSeconds)}`,
    `${now.phase} ${multiple(now.multiplier)}`,
    `${decimal(now.achievedRequestsPerSecond)} of ${decimal(now.plannedRequestsPerSecond)} requests/s`,
    latencyText(now),
    `${count(now.errors)} errors, ${count(now.dropped)} dropped`,
  ];
  const { atRisk, broken } = now.objectives;
  if (broken.length > 0) parts.push(`broken: ${broken.join(', ')}`);
  if (atRisk.length > 0) parts.push(`at risk: ${atRisk.join(', ')}`);
  return parts.join('  ');
}
