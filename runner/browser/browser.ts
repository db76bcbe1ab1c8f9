/** A real browser beside the load: k6's browser module in a process of its own, which can take down nothing else. */
import { type RunningBeside, startBeside } from './beside.ts';
import { type BrowserLine, readBrowserLine } from './lines.ts';

export interface BrowserPrograms {
  readonly k6: string;
  readonly chromium: string;
}

export interface BrowserJob {
  /** Absolute paths. */
  readonly scriptFile: string;
  readonly planFile: string;
  /** Hosts (`name:port`) that pages may be fetched from, beside the collector. */
  readonly allow: readonly string[];
  /** Where pages send beacons. */
  readonly collectorUrl: string;
  readonly onLine: (line: BrowserLine) => void;
  /** Anything else that k6 or Chromium say. */
  readonly onLogLine: (line: string) => void;
}

/** As root, and on machines without a graphics card. Nothing is fetched that a page did not ask for. */
const chromiumArguments = [
  'no-sandbox',
  'disable-gpu',
  'disable-quic',
  'no-first-run',
  'disable-background-networking',
  'disable-component-update',
  'disable-sync',
];

/**
 * A page may embed what lies anywhere. Everything but some hosts goes to a proxy that does not exist; loopback is
 * no exception.
 */
function onlyTo(hosts: readonly string[]): string[] {
  return ['proxy-server=127.0.0.1:1', `proxy-bypass-list=<-loopback>;${[...new Set(hosts)].join(';')}`];
}

/** @throws Error if k6 cannot be started. */
export function startBrowser(programs: BrowserPrograms, job: BrowserJob): Promise<RunningBeside> {
  return startBeside({
    ...{ k6: programs.k6, scriptFile: job.scriptFile, name: 'browser', onLogLine: job.onLogLine },
    env: {
      K6_BROWSER_EXECUTABLE_PATH: programs.chromium,
      K6_BROWSER_HEADLESS: 'true',
      K6_BROWSER_ARGS: [...chromiumArguments, ...onlyTo([...job.allow, new URL(job.collectorUrl).host])].join(
        ',',
      ),
      K6_SUMMARY_MODE: 'disabled',
      PEAKPROOF_PLAN: job.planFile,
      PEAKPROOF_COLLECTOR: job.collectorUrl,
    },
    onMarked: (text) => {
      const line = readBrowserLine(text);
      if (line !== undefined) job.onLine(line);
    },
  });
}
