/** A real browser beside the load: k6's browser module in a process of its own, which can take down nothing else. */
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { readLogLine } from '../engines/k6/log-lines.ts';
import { type GuardedProcess, spawnGuarded } from '../process/spawn-guarded.ts';
import { type BrowserLine, readBrowserLine } from './lines.ts';

export interface BrowserPrograms {
  readonly k6: string;
  readonly chromium: string;
}

export interface BrowserJob {
  /** Absolute paths. */
  readonly scriptFile: string;
  readonly planFile: string;
  /** Where pages send beacons. */
  readonly collectorUrl: string;
  readonly onLine: (line: BrowserLine) => void;
  /** Anything else that k6 or Chromium say. */
  readonly onLogLine: (line: string) => void;
}

export interface RunningBrowser {
  /** Ends it, gracefully at first; resolves when it has ended, with its exit code. */
  stop(): Promise<number | undefined>;
}

const passedOn = ['PATH', 'TMPDIR', 'HOME', 'LANG', 'SystemRoot', 'TEMP'] as const;

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

/** The visit that is under way may report its last page. */
const gracePeriodMs = 4000;

/** @throws Error if k6 cannot be started. */
export async function startBrowser(programs: BrowserPrograms, job: BrowserJob): Promise<RunningBrowser> {
  const options = ['--quiet', '--no-color', '--no-usage-report', '--log-format', 'json'];
  const k6 = await spawnGuarded({
    file: programs.k6,
    args: ['run', ...options, '--summary-mode', 'disabled', job.scriptFile],
    env: environment(programs, job, process.env),
    cwd: dirname(job.scriptFile),
  });
  readLines(k6.stderr, (text) => {
    const read = readLogLine(text);
    const line = read.kind === 'ledger' ? readBrowserLine(read.text) : undefined;
    if (line !== undefined) job.onLine(line);
    else job.onLogLine(`browser: ${read.text.slice(0, 500)}`);
  });
  readLines(k6.stdout, (text) => job.onLogLine(`browser: ${text.slice(0, 500)}`));
  return { stop: () => stop(k6) };
}

function environment(
  { chromium }: BrowserPrograms,
  { planFile, collectorUrl }: BrowserJob,
  own: NodeJS.ProcessEnv,
): Record<string, string> {
  const passed = passedOn.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]]));
  return {
    ...Object.fromEntries(passed),
    K6_NO_USAGE_REPORT: 'true',
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    K6_BROWSER_EXECUTABLE_PATH: chromium,
    K6_BROWSER_HEADLESS: 'true',
    K6_BROWSER_ARGS: chromiumArguments.join(','),
    PEAKPROOF_PLAN: planFile,
    PEAKPROOF_COLLECTOR: collectorUrl,
  };
}

function readLines(stream: Readable, take: (line: string) => void): void {
  createInterface({ input: stream }).on('line', take);
}

/** Killed, k6 takes Chromium along (its parent-death signal). */
async function stop(k6: GuardedProcess): Promise<number | undefined> {
  const patience = setTimeout(() => k6.signal('SIGKILL'), gracePeriodMs);
  const { code } = await k6.ended;
  clearTimeout(patience);
  return code;
}
