/** Spreads tasks over worker threads. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CellResult, Task } from './simulation.ts';

/** Results in the order of the tasks. `done` is told after each. */
export async function runAll(
  tasks: readonly Task[],
  done: (finished: number) => void,
): Promise<CellResult[]> {
  const results = new Array<CellResult>(tasks.length);
  let next = 0;
  let finished = 0;
  const work = async () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      execArgv: ['--import', 'jiti/register'],
    });
    try {
      for (let index = next++; index < tasks.length; index = next++) {
        results[index] = await answerOf(worker, tasks[index] as Task);
        finished += 1;
        done(finished);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
  return results;
}

function answerOf(worker: Worker, task: Task): Promise<CellResult> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (result: CellResult) => {
      worker.off('error', reject);
      resolve(result);
    });
    worker.postMessage(task);
  });
}
