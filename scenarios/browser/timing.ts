/** What the browser itself says of a load, beside the page's beacons. */
import type { Page } from 'k6/browser';

/** Resources told of one load; a page that fetches more is told in part. */
const mostResources = 60;

interface Timing {
  readonly loadMs: number;
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly startMs: number;
    readonly durationMs: number;
    readonly bytes: number;
  }[];
}

/** Runs in the page: nothing from outside may be used in it. */
function readTiming(most: number): Timing {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const fetched = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const end = navigation?.duration ?? 0;
  return {
    loadMs: end,
    resources: [...(navigation === undefined ? [] : [navigation]), ...fetched]
      .filter(({ startTime }) => startTime <= end)
      .slice(0, most)
      .map((entry) => ({
        name: entry.name,
        kind: entry.initiatorType,
        startMs: Math.round(entry.startTime),
        durationMs: Math.round(entry.entryType === 'navigation' ? entry.responseEnd : entry.duration),
        bytes: entry.transferSize,
      })),
  };
}

/** The page's load event has begun, and may not have ended: its duration is 0 until then. */
export async function timingOf(page: Page): Promise<Timing> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const timing = await page.evaluate(readTiming, mostResources);
    if (timing.loadMs > 0) return timing;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the load event did not end within a second');
}
