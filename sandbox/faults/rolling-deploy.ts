/**
 * A release that works replaces the replicas one after the other, each drained before it goes: what customers notice
 * of it is that a new replica answers its first requests late. A share of the requests to a replica that is just being
 * replaced may be cut off, as by servers that do not drain.
 */
import type { ServerResponse } from 'node:http';
import { evenly } from '../kit/share.ts';
import { type FaultKind, parameter } from './types.ts';

/** How long a replica is cold after it came, and so long before that its predecessor goes. */
const changeMs = 500;
const coldMs = 100;

export const rollingDeploy: FaultKind = {
  parameters: { replicaSeconds: [1, 600], cutShare: [0, 1] },
  act({ interception, autoscaler, conditions }, parameters) {
    const stepMs = parameter(parameters, 'replicaSeconds') * 1000;
    const isCut = evenly(parameter(parameters, 'cutShare'));
    const { replicas } = autoscaler;
    const startedAtMs = performance.now();
    let turn = 0;
    conditions.releases = 2;
    const done = setTimeout(() => (conditions.releases = 1), replicas * stepMs);
    const remove = interception.add((_request, response, proceed) => {
      const replica = turn++ % replicas;
      // A replica is replaced in the middle of its step.
      const sinceChangeMs = performance.now() - startedAtMs - (replica + 0.5) * stepMs;
      if (sinceChangeMs >= 0) response.setHeader('x-release', 'next');
      if (sinceChangeMs < 0 && sinceChangeMs > -changeMs && isCut()) return cut(response);
      if (sinceChangeMs >= 0 && sinceChangeMs < changeMs) setTimeout(proceed, coldMs);
      else proceed();
    });
    return () => {
      clearTimeout(done);
      conditions.releases = 1;
      remove();
    };
  },
};

function cut(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}
