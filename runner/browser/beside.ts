/** A second k6 beside the load, for what must not cost the requests under judgement anything. */
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { ledgerMark, readLogLine } from '../engines/k6/log-lines.ts';
import { type GuardedProcess, spawnGuarded } from '../process/spawn-guarded.ts';

export interface BesideJob {
  readonly k6: string;
  /** Absolute. */
  readonly scriptFile: string;
  /** For messages: whose words they are. */
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** A line that the script marked for the runner. */
  readonly onMarked: (text: string) => void;
  /** Anything else that was said. */
  readonly onLogLine: (line: string) => void;
}

export interface RunningBeside {
  /** Waits a moment for its end, then ends it. Never rejects. */
  stop(): Promise<void>;
}

const passedOn = ['PATH', 'TMPDIR', 'HOME', 'LANG', 'SSL_CERT_FILE', 'SystemRoot', 'TEMP'] as const;
const longestLogLine = 500;
/** What is under way may report its last page. */
const gracePeriodMs = 4000;

/** @throws Error if k6 cannot be started. */
export async function startBeside(job: BesideJob): Promise<RunningBeside> {
  const options = ['--quiet', '--no-color', '--no-usage-report', '--log-format', 'json'];
  const k6 = await spawnGuarded({
    file: job.k6,
    args: ['run', ...options, job.scriptFile],
    env: environment(job.env, process.env),
    cwd: dirname(job.scriptFile),
  });
  const log = (text: string) => job.onLogLine(`${job.name}: ${text.slice(0, longestLogLine)}`);
  createInterface({ input: k6.stderr }).on('line', (text) => {
    const read = readLogLine(text);
    if (read.kind === 'ledger') job.onMarked(read.text);
    else log(read.text);
  });
  createInterface({ input: k6.stdout }).on('line', (text) => {
    if (text.startsWith(ledgerMark)) job.onMarked(text.slice(ledgerMark.length));
    else if (text.trim() !== '') log(text);
  });
  return { stop: () => stop(k6) };
}

function environment(
  given: Readonly<Record<string, string>>,
  own: NodeJS.ProcessEnv,
): Record<string, string> {
  const passed = passedOn.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]]));
  return {
    ...Object.fromEntries(passed),
    K6_NO_USAGE_REPORT: 'true',
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    ...given,
  };
}

/** Killed, k6 takes Chromium along (its parent-death signal). */
async function stop(k6: GuardedProcess): Promise<void> {
  const patience = setTimeout(() => k6.signal('SIGKILL'), gracePeriodMs);
  await k6.ended;
  clearTimeout(patience);
}
