/**
 * Each service has its replicas in two zones; one zone holds what is written first, the other a copy that lags. When
 * the first zone is gone, the service answers again after `failOverMs`, from the copy: what was acknowledged during
 * the last `lagMs` is not in it. With one zone there is room for half of the replicas; when the lost one comes back,
 * there is room again, but what the copy never had stays lost.
 */
import { setTimeout } from 'node:timers/promises';
import { type FaultKind, parameter } from './types.ts';

export const zoneLoss: FaultKind = {
  parameters: { lagMs: [0, 600_000], failOverMs: [0, 600_000] },
  async strike(points, service, parameters) {
    await points.kill(service);
    // Once the process is gone: with a lag of 0, nothing that it acknowledged is lost.
    const lostAtMs = Date.now();
    const failOver = async () => {
      await points.forgetAfter(service, lostAtMs - parameter(parameters, 'lagMs'));
      await points.restart(service);
    };
    const cancelled = new AbortController();
    const waited = setTimeout(parameter(parameters, 'failOverMs'), true, { signal: cancelled.signal });
    // A zone that comes back before anybody has failed over still has everything.
    const isDue = waited.catch(() => false);
    // A service that cannot fail over stays away until its zone is back.
    const failedOver = isDue.then((due) => (due ? failOver() : undefined)).catch(() => {});
    return async () => {
      cancelled.abort();
      await failedOver;
      await points.restart(service);
    };
  },
  act({ autoscaler }) {
    autoscaler.limitTo(0.5);
    return () => autoscaler.limitTo(1);
  },
};
