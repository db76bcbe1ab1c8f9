/** A canary release takes a share of the requests and fails a share of those, until it is rolled back. */
import { evenly } from '../kit/share.ts';
import { respondFailed } from './answers.ts';
import { type FaultKind, parameter } from './types.ts';

export const badDeploy: FaultKind = {
  parameters: { canaryShare: [0, 1], errorShare: [0, 1] },
  act({ interception }, parameters) {
    const goesToCanary = evenly(parameter(parameters, 'canaryShare'));
    const fails = evenly(parameter(parameters, 'errorShare'));
    return interception.add((_request, response, proceed) => {
      if (!goesToCanary()) return proceed();
      response.setHeader('x-release', 'canary');
      if (fails()) respondFailed(response);
      else proceed();
    });
  },
};
