/** Reads each service's memory while it is under load, from its own metrics page. */
import { memoryReading } from '../../slo/compare/memory-reading.ts';
import type { RunningTarget } from '../types.ts';
import { allowedUrl } from './allowed.ts';
import type { RunEvent } from './events.ts';
import { everySeconds } from './every-seconds.ts';
import { readPage, samplesOf } from './metrics-page.ts';

const secondsBetweenReadings = 5;
/** Less than that, so that a reading has ended when the next one is due. */
const patienceMs = 4000;

/** Starts reading. A page that does not answer, or has no such figure, is no reading. Returns how to stop. */
export function startMemoryReadings(
  { metricsUrls = {}, allow, headers }: Pick<RunningTarget, 'metricsUrls' | 'allow' | 'headers'>,
  record: (event: RunEvent) => void,
): () => void {
  const stops = Object.entries(metricsUrls).map(([service, address]) => {
    const url = allowedUrl(address, allow);
    return everySeconds(secondsBetweenReadings, 0, async (atMs) => {
      const page = await readPage(url, headers, patienceMs);
      const value = page === undefined ? undefined : residentBytes(page);
      if (value === undefined) return;
      record({ type: 'reading', atMs, reading: memoryReading.of(service), value, census: false });
    });
  });
  return () => {
    for (const stop of stops) stop();
  };
}

/** Resident memory as a metrics page states it, in bytes; the sum if it speaks for several processes. */
export function residentBytes(page: string): number | undefined {
  const values = samplesOf(page, 'process_resident_memory_bytes');
  if (values.length === 0 || !values.every((value) => Number.isFinite(value) && value > 0)) return undefined;
  return values.reduce((sum, value) => sum + value, 0);
}
