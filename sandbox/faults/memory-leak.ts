/**
 * Memory is held until the process dies of the limit that its worker has; whoever starts it again starts the leak
 * again, as a fault in its code would.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type FaultKind, parameter } from './types.ts';

const stepMs = 100;
/**
 * In pieces of 64 KB: a worker at its limit is given 16 MB more until it is ended, and V8 ends the whole process where
 * a single allocation is not served by that.
 */
const numbersPerPiece = 2 ** 13;
const piecesPerMegabyte = 16;

export const memoryLeak: FaultKind = {
  parameters: { megabytesPerSecond: [1, 200] },
  act(_points, parameters) {
    const pieces = Math.round(
      (parameter(parameters, 'megabytesPerSecond') * piecesPerMegabyte * stepMs) / 1000,
    );
    const held: number[][] = [];
    const leaking = setInterval(() => {
      // On the heap, which the worker's limit counts; fractions, so that each takes its eight bytes.
      for (let piece = 0; piece < pieces; piece += 1) held.push(new Array<number>(numbersPerPiece).fill(0.5));
    }, stepMs);
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
