/** The service's clock is ahead, or behind if negative: it refuses tokens that are valid, or issues such as are not. */
import { type FaultKind, parameter } from './types.ts';

export const clockSkew: FaultKind = {
  parameters: { skewSeconds: [-86_400, 86_400] },
  unsuitable: ({ service }) =>
    service === 'gateway' || service === 'auth' ? undefined : 'neither issues nor checks tokens',
  act({ conditions }, parameters) {
    conditions.clockSkewMs = parameter(parameters, 'skewSeconds') * 1000;
    return () => {
      conditions.clockSkewMs = 0;
    };
  },
};
