/** A share of the requests, health checks among them, is answered 500. */

import { evenly } from '../kit/share.ts';
import { respondFailed } from './answers.ts';
import { type FaultKind, parameter } from './types.ts';

export const errors: FaultKind = {
  parameters: { share: [0, 1] },
  act({ interception }, parameters) {
    const fails = evenly(parameter(parameters, 'share'));
    return interception.add((_request, response, proceed) => {
      if (fails()) respondFailed(response);
      else proceed();
    });
  },
};
