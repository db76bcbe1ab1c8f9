/** Reads once a second how many replicas each service has, from its own metrics page. */
import type { RunningTarget } from '../types.ts';
import { allowedUrl } from './allowed.ts';
import type { RunEvent } from './events.ts';
import { everySeconds } from './every-seconds.ts';
import { readPage, samplesOf } from './metrics-page.ts';

/** Less than a second, so that a round has ended when the next one is due. */
const patienceMs = 900;

/** Starts reading; one record a round. A page that does not answer, or has no such figure, is left out. Returns how to stop. */
export function startReplicaReadings(
  { replicaGauges = {}, allow, headers }: Pick<RunningTarget, 'replicaGauges' | 'allow' | 'headers'>,
  record: (event: RunEvent) => void,
): () => void {
  const gauges = Object.entries(replicaGauges).map(([service, gauge]) => ({
    service,
    ...gauge,
    url: allowedUrl(gauge.url, allow),
  }));
  if (gauges.length === 0) return () => {};
  return everySeconds(1, 0, async (atMs) => {
    const told = await Promise.all(
      gauges.map(async ({ service, url, metric, labels }) => {
        const page = await readPage(url, headers, patienceMs);
        const count = page === undefined ? undefined : replicasOn(page, metric, labels);
        return count === undefined ? [] : [[service, count] as const];
      }),
    );
    record({ type: 'replicas', atMs, counts: Object.fromEntries(told.flat()) });
  });
}

/** The sum of what the samples state; undefined if one is no number of replicas, or there is none. */
export function replicasOn(
  page: string,
  metric: string,
  labels: Readonly<Record<string, string>>,
): number | undefined {
  const values = samplesOf(page, metric, labels);
  if (values.length === 0 || !values.every((value) => Number.isFinite(value) && value >= 0)) return undefined;
  return values.reduce((sum, value) => sum + value, 0);
}
