/** Every answer comes later, by `latencyMs` give or take up to `jitterMs`. */
import { type FaultKind, parameter } from './types.ts';

export const latency: FaultKind = {
  parameters: { latencyMs: [0, 60_000], jitterMs: [0, 60_000] },
  act({ interception }, parameters) {
    const latencyMs = parameter(parameters, 'latencyMs');
    const jitterMs = parameter(parameters, 'jitterMs');
    return interception.add((_request, _response, proceed) => {
      setTimeout(proceed, latencyMs + (2 * Math.random() - 1) * jitterMs);
    });
  },
};
