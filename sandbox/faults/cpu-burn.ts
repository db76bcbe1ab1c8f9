/**
 * A share of the service's event loop is taken, as by a long computation. The thread only waits meanwhile: services of
 * a real system have machines of their own, and this one's cores belong to the others and to the load generator.
 */
import { type FaultKind, parameter } from './types.ts';

const periodMs = 500;

export const cpuBurn: FaultKind = {
  parameters: { share: [0, 0.95] },
  act(_points, parameters) {
    const takenMs = parameter(parameters, 'share') * periodMs;
    const nobody = new Int32Array(new SharedArrayBuffer(4));
    const burning = setInterval(() => Atomics.wait(nobody, 0, 0, takenMs), periodMs);
    return () => clearInterval(burning);
  },
};
