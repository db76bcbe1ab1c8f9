/** How many replicas a service needs at the peak. */
import type { Capacity, Demand, Peak } from './types.ts';

/** How busy a replica may be at the peak: above, waiting times grow faster than load (M/M/1: 1 / (1 − utilisation)). */
export const peakUtilisation = 0.7;

export function demandOf({ confirmed }: Capacity, peak: Peak): Demand {
  const { value, low } = confirmed.perSecond;
  const replicas = (perSecond: number) =>
    Math.max(1, Math.ceil(peak.ratePerSecond / (perSecond * peakUtilisation)));
  return {
    ...peak,
    utilisation: peakUtilisation,
    replicas: replicas(value),
    ...(low === undefined || low <= 0 ? {} : { replicasAtMost: replicas(low) }),
  };
}
