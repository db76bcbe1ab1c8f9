/** `peakproof stop`: leaves a request in the run folder and waits until the run has seen it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { findRun } from '../store/find-run.ts';
import { clearStop, hasEnded, isStopRequested, requestStop } from '../store/stop-file.ts';
import { print } from './print.ts';

/** A run looks several times a second; one that does not answer for so long is no more, or hangs. */
const patienceMs = 5_000;
const lookEveryMs = 50;

/** @throws PeakproofError RUN_NOT_FOUND or RUN_NOT_RUNNING. */
export async function stopRun(name: string): Promise<number> {
  const runFolder = findRun(name);
  if (hasEnded(runFolder)) throw notRunning(`the run in ${runFolder} has ended`);
  requestStop(runFolder);
  const overdueMs = performance.now() + patienceMs;
  while (isStopRequested(runFolder)) {
    if (performance.now() > overdueMs) {
      clearStop(runFolder);
      throw notRunning(`nobody answers for the run in ${runFolder}`);
    }
    await sleep(lookEveryMs);
  }
  print(`stopping the run in ${runFolder}: faults are taken back, load ends, the part is judged`);
  return 0;
}

function notRunning(cause: string): PeakproofError {
  return new PeakproofError(problem('RUN_NOT_RUNNING', cause));
}
