/** Connections are accepted, nothing is answered. Who still waits at the end is served then. */
import type { FaultKind } from './types.ts';

export const hang: FaultKind = {
  parameters: {},
  act({ interception }) {
    const waiting = new Set<() => void>();
    const remove = interception.add((_request, response, proceed) => {
      waiting.add(proceed);
      response.once('close', () => waiting.delete(proceed));
    });
    return () => {
      remove();
      for (const proceed of waiting) proceed();
    };
  },
};
