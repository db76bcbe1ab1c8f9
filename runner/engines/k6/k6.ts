/** k6 as the engine: one child process under a guard, metrics over OTLP, its log over stderr. */
import { dirname } from 'node:path';
import { PeakproofError, problem } from '../../../scenarios/problem.ts';
import { forEachLine } from '../../process/lines.ts';
import { type GuardedProcess, spawnGuarded } from '../../process/spawn-guarded.ts';
import { redact } from '../../redact.ts';
import type { Engine, EngineEnd, EngineJob, RunningEngine } from '../engine.ts';
import { bundleScript } from './bundle.ts';
import { engineEnd } from './end.ts';
import { k6Environment } from './environment.ts';
import { readLogLine } from './log-lines.ts';
import { processUsage } from './process-usage.ts';

/** Error lines kept to explain a failure. */
const keptErrors = 3;

/** The engine around a k6 ≥ 2.0 that provisioning has found to work. */
export function createK6Engine(binary: { readonly path: string; readonly version: string }): Engine {
  return {
    name: 'k6',
    version: binary.version,
    bundle: bundleScript,
    start: (job) => start(binary.path, job),
  };
}

async function start(path: string, job: EngineJob): Promise<RunningEngine> {
  const k6 = await spawn(path, job);
  let wasStopped = false;
  const send = (name: 'SIGINT' | 'SIGKILL'): void => {
    wasStopped = true;
    k6.signal(name);
  };
  return {
    pid: k6.pid,
    usage: () => processUsage(k6.pid),
    stop: () => send('SIGINT'),
    kill: () => send('SIGKILL'),
    finished: finish(k6, job, () => wasStopped),
  };
}

async function spawn(path: string, job: EngineJob): Promise<GuardedProcess> {
  const options = ['--quiet', '--no-color', '--no-usage-report', '--log-format', 'json'];
  try {
    return await spawnGuarded({
      file: path,
      args: ['run', ...options, '--out', 'opentelemetry', job.scriptFile],
      env: k6Environment(job, process.env),
      cwd: job.scriptFolder ?? dirname(job.scriptFile),
    });
  } catch (error) {
    throw new PeakproofError(problem('K6_CRASHED', `cannot start ${path}: ${(error as Error).message}`));
  }
}

async function finish(k6: GuardedProcess, job: EngineJob, wasStopped: () => boolean): Promise<EngineEnd> {
  const secrets = [...Object.values(job.secrets), ...Object.values(job.headers), job.collector.token];
  const errors: string[] = [];
  const logged = forEachLine(k6.stderr, (line) => {
    const read = readLogLine(line);
    if (read.kind === 'ledger') return job.onLedgerLine(read.text);
    job.onLogLine(read.text);
    if (read.isError) errors.push(redact(read.text, secrets).slice(0, 2000));
    if (errors.length > keptErrors) errors.shift();
  });
  const printed = forEachLine(k6.stdout, job.onLogLine);
  const end = await k6.ended;
  await Promise.all([logged, printed]);
  return engineEnd(end, errors, wasStopped());
}
