/** Each call of the service to another one, or to a provider, takes longer. */
import { type FaultKind, parameter } from './types.ts';

export const slowDependency: FaultKind = {
  parameters: { latencyMs: [0, 60_000] },
  unsuitable: ({ dependencies }) => (dependencies.size === 0 ? 'calls nobody' : undefined),
  act({ conditions }, parameters) {
    conditions.outgoingDelayMs = parameter(parameters, 'latencyMs');
    return () => {
      conditions.outgoingDelayMs = 0;
    };
  },
};
