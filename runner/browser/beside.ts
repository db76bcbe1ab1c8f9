/** A second k6 beside the load, for what must not cost the requests under judgement anything. */
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commonEnvironment } from '../engines/k6/environment.ts';
import { ledgerMark, readLogLine } from '../engines/k6/log-lines.ts';
import { forEachLine } from '../process/lines.ts';
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

/** What Chromium asks for beside what k6 does. */
const passedOn = ['HOME', 'LANG'];
const longestLogLine = 500;
/** What is under way may report its last page. */
const gracePeriodMs = 4000;
const pipePatienceMs = 1000;

/** @throws Error if k6 cannot be started. */
export async function startBeside(job: BesideJob): Promise<RunningBeside> {
  const options = ['--quiet', '--no-color', '--no-usage-report', '--log-format', 'json'];
  const k6 = await spawnGuarded({
    file: job.k6,
    args: ['run', ...options, job.scriptFile],
    env: { ...commonEnvironment(process.env, passedOn), ...job.env },
    cwd: dirname(job.scriptFile),
    cores: 'idle',
  });
  const log = (text: string) => job.onLogLine(`${job.name}: ${text.slice(0, longestLogLine)}`);
  const logged = forEachLine(k6.stderr, (text) => {
    const read = readLogLine(text);
    if (read.kind === 'ledger') job.onMarked(read.text);
    else log(read.text);
  });
  const printed = forEachLine(k6.stdout, (text) => {
    if (text.startsWith(ledgerMark)) job.onMarked(text.slice(ledgerMark.length));
    else if (text.trim() !== '') log(text);
  });
  return { stop: () => stop(k6, Promise.all([logged, printed])) };
}

/** Killed, k6 takes Chromium along (its parent-death signal). */
async function stop(k6: GuardedProcess, heard: Promise<unknown>): Promise<void> {
  const patience = setTimeout(() => k6.signal('SIGKILL'), gracePeriodMs);
  await k6.ended;
  clearTimeout(patience);
  // What it said last may still be in the pipes, and an orphan of its may hold them open.
  await Promise.race([heard, sleep(pipePatienceMs, undefined, { ref: false })]);
}
