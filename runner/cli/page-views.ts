/** What a rehearsal is to hear of pages: by which programs, at which port, with which key. */
import type { LoadPlan } from '../../profiles/types.ts';
import { findChromium } from '../browser/chromium.ts';
import type { PageViewSetup, RunningTarget } from '../types.ts';

interface PageViewOptions {
  readonly faroPort: number | undefined;
  readonly virtualBeacons?: boolean;
}

/** Chromium is looked for only where the plan has a browser; without, the rehearsal goes on and says so. */
export async function pageViewsOf(
  plan: LoadPlan,
  target: RunningTarget,
  k6: string,
  { faroPort, virtualBeacons = false }: PageViewOptions,
): Promise<PageViewSetup> {
  const apiKey = process.env.PEAKPROOF_FARO_KEY;
  const setup = {
    ...(faroPort === undefined ? {} : { port: faroPort }),
    ...(apiKey === undefined || apiKey === '' ? {} : { apiKey }),
    ...(virtualBeacons || target.collector !== undefined ? { virtualBeacons: { k6 } } : {}),
  };
  if (plan.browsers === undefined) return setup;
  const found = await findChromium(process.env);
  return { ...setup, browser: 'path' in found ? { k6, chromium: found.path } : found };
}

/** Systems that take turns leave a browser nothing to compare: half of its loads would see no load. */
export function withoutBrowsers({ browsers, ...plan }: LoadPlan): LoadPlan {
  return plan;
}
