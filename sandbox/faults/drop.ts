/** A share of the answers breaks off: half of the body is sent, then the connection is reset. */
import { evenly } from '../kit/share.ts';
import { holdBody } from './answers.ts';
import { type FaultKind, parameter } from './types.ts';

export const drop: FaultKind = {
  parameters: { share: [0, 1] },
  act({ interception }, parameters) {
    const drops = evenly(parameter(parameters, 'share'));
    return interception.add((_request, response, proceed) => {
      if (drops()) {
        holdBody(response, (body) => {
          response.write(body.subarray(0, Math.ceil(body.length / 2)), () =>
            response.socket?.resetAndDestroy(),
          );
        });
      }
      proceed();
    });
  },
};
