/**
 * A canary release takes a share of the requests and fails a share of those, until it is rolled back: by whoever
 * deployed it, or by itself after so many failures, as progressive delivery does.
 */
import { evenly } from '../kit/share.ts';
import { respondFailed } from './answers.ts';
import { type FaultKind, parameter } from './types.ts';

export const badDeploy: FaultKind = {
  // 0 failures: it never aborts itself.
  parameters: { canaryShare: [0, 1], errorShare: [0, 1], abortAfterFailures: [0, 1e6] },
  act({ interception }, parameters) {
    const goesToCanary = evenly(parameter(parameters, 'canaryShare'));
    const fails = evenly(parameter(parameters, 'errorShare'));
    const mostFailures = parameter(parameters, 'abortAfterFailures') || Number.POSITIVE_INFINITY;
    let failures = 0;
    return interception.add((_request, response, proceed) => {
      if (failures >= mostFailures || !goesToCanary()) return proceed();
      response.setHeader('x-release', 'canary');
      if (!fails()) return proceed();
      failures += 1;
      respondFailed(response);
    });
  },
};
