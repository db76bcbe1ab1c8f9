/** The process is killed, its connections are reset; it stays away until the fault is taken back. */
import type { FaultKind } from './types.ts';

export const crash: FaultKind = {
  parameters: {},
  async strike(points, service) {
    await points.kill(service);
    return () => points.restart(service);
  },
};
