/**
 * Memory is held until the process dies of the limit that its worker has; whoever starts it again starts the leak
 * again, as a fault in its code would.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type FaultKind, parameter } from './types.ts';

const stepMs = 100;
const numbersPerMegabyte = 2 ** 20 / 8;

export const memoryLeak: FaultKind = {
  parameters: { megabytesPerSecond: [1, 200] },
  act(_points, parameters) {
    const numbers = Math.round(
      (parameter(parameters, 'megabytesPerSecond') * numbersPerMegabyte * stepMs) / 1000,
    );
    // On the heap, which the worker's limit counts; fractions, so that each takes its eight bytes.
    const held: number[][] = [];
    const leaking = setInterval(() => held.push(new Array<number>(numbers).fill(0.5)), stepMs);
    return () => {
      clearInterval(leaking);
      held.length = 0;
      collectGarbage();
    };
  },
};

/** An idle process would keep what leaked for minutes, and the next look at it would find a leak that is over. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
