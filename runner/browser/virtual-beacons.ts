/** Virtual users' beacons beside the load, for a collector that is to bear a peak day too. */
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../package.ts';
import { type RunningBeside, startBeside } from './beside.ts';
import { parseJson } from './lines.ts';

export interface BeaconJob {
  readonly k6: string;
  readonly planFile: string;
  readonly collector: { readonly url: string; readonly apiKey: string };
  /** How it went, as a sentence, once it has ended. */
  readonly onNote: (text: string) => void;
  readonly onLogLine: (line: string) => void;
}

const countsSchema = z.object({
  kind: z.literal('beacons'),
  sent: z.number(),
  refused: z.number(),
  dropped: z.number(),
});

/** @throws Error if k6 cannot be started. */
export function startVirtualBeacons(job: BeaconJob): Promise<RunningBeside> {
  return startBeside({
    ...{ k6: job.k6, scriptFile: join(packageRoot, 'scenarios/beacons.ts'), name: 'beacons' },
    env: {
      PEAKPROOF_PLAN: job.planFile,
      PEAKPROOF_COLLECTOR: job.collector.url,
      PEAKPROOF_COLLECTOR_KEY: job.collector.apiKey,
    },
    onLogLine: job.onLogLine,
    onMarked: (text) => {
      const counts = countsSchema.safeParse(parseJson(text)).data;
      if (counts === undefined) return;
      const { sent, refused, dropped } = counts;
      const found = `virtual users sent ${sent} beacons; the collector did not take ${refused} of them`;
      job.onNote(dropped === 0 ? found : `${found}, and ${dropped} more were due and not sent`);
    },
  });
}
