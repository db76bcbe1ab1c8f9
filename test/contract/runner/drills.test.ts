/** Drills in real rehearsals: real k6, a supervisor of its own, and what a run folder tells of them. */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineJob } from '../../../runner/engines/engine.ts';
import { evaluateRun } from '../../../runner/evaluate-run.ts';
import { rehearse } from '../../../runner/rehearse.ts';
import { isStopRequested, requestStop } from '../../../runner/store/stop-file.ts';
import { verifyRun } from '../../../runner/verify.ts';
import { isAlive } from '../../e2e/cli.ts';
import { type Breakable, openBreakable } from '../../fixtures/faults/breakable.ts';
import { plannedFault } from '../../fixtures/faults/driver.ts';
import { drillRequest } from '../../fixtures/faults/request.ts';

let system: Breakable;
let runs: string;
let run: string;

beforeEach(async () => {
  system = await openBreakable();
  runs = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
  run = join(runs, 'run');
});
afterEach(async () => {
  await system.close();
  rmSync(runs, { recursive: true });
});

const isBroken = () =>
  vi.waitFor(() => expect(system.active.size).toBe(1), { timeout: 30_000, interval: 20 });
const isMended = () => vi.waitFor(() => expect(system.active.size).toBe(0), { timeout: 3000, interval: 20 });

/** The process that holds the faults, as the journal names it. */
function supervisorPid(): number {
  return Number(/process (\d+) holds/.exec(readFileSync(join(run, 'faults.log'), 'utf8'))?.[1]);
}

describe('a rehearsal with a fault', () => {
  it('measures each step of it, and follows again from the folder', async () => {
    const result = await rehearse(await drillRequest(system, run, 6, [plannedFault('kiosk-errors', 2, 4)]));
    expect(result.problems).toEqual([]);
    const { measurements } = evaluateRun(run);
    const [drill] = measurements.drills;
    expect(drill).toMatchObject({ driver: 'breakable', fault: { id: 'kiosk-errors' }, problems: [] });
    const seconds = [
      drill?.injectedSecond,
      drill?.tookEffectSecond,
      drill?.rollBackSecond,
      drill?.rolledBackSecond,
      drill?.steadySecond,
    ].map((second) => second ?? Number.NaN);
    expect(seconds[0]).toBeGreaterThanOrEqual(2);
    expect(seconds[2]).toBeGreaterThanOrEqual(4);
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
    const errors = measurements.requests.filter(({ outcome }) => outcome === 'error');
    expect(errors.length).toBeGreaterThan(0);
    expect(verifyRun(run).holds).toBe(true);
  });

  it('ends with what may still be broken, if it cannot be taken back', async () => {
    const ending = rehearse(await drillRequest(system, run, 4, [plannedFault('kiosk-errors', 1, 3)]));
    await isBroken();
    system.control = 503;
    const { exitCode, problems } = await ending;
    expect(problems).toMatchObject([{ code: 'FAULT_NOT_ROLLED_BACK' }]);
    expect(exitCode).toBe(99);
  });

  it('takes faults back itself and ends if the supervisor is killed', async () => {
    const ending = rehearse(await drillRequest(system, run, 30, [plannedFault('kiosk-errors', 1, 29)]));
    await isBroken();
    process.kill(supervisorPid(), 'SIGKILL');
    await isMended();
    const { exitCode, problems, verdict } = await ending;
    expect(problems).toMatchObject([{ code: 'FAULTS_LOST' }]);
    expect(exitCode).toBe(1);
    expect(verdict.partial.join()).toMatch(/aborted/);
    const [drill] = evaluateRun(run).measurements.drills;
    expect(drill?.rolledBackSecond).toBeDefined();
    expect(drill?.problems.join()).toMatch(/ended early: the supervisor of faults ended \(SIGKILL\)/);
  });

  it('takes faults back before anything else when it is interrupted', async () => {
    const stop = new AbortController();
    const faults = [plannedFault('kiosk-errors', 1, 29)];
    const ending = rehearse(await drillRequest(system, run, 30, faults, { stopSignal: stop.signal }));
    await isBroken();
    stop.abort();
    await isMended();
    expect((await ending).exitCode).toBe(130);
    // That early, its effect may have been proven or not.
    expect(evaluateRun(run).measurements.drills[0]?.problems).toContain(
      'it was ended early: the run ends (interrupted)',
    );
  });
});

describe('a rehearsal that somebody or something ends', () => {
  const faults = [plannedFault('kiosk-errors', 1, 29)];

  it('sees a stop file, takes it away, and ends', async () => {
    const ending = rehearse(await drillRequest(system, run, 30, faults));
    await isBroken();
    requestStop(run);
    await isMended();
    expect((await ending).exitCode).toBe(130);
    expect(isStopRequested(run)).toBe(false);
  });

  it('takes faults back when the generator breaks', async () => {
    const request = await drillRequest(system, run, 30, faults);
    let pid = 0;
    const start = async (job: EngineJob) => {
      const running = await request.engine.start(job);
      pid = running.pid;
      return running;
    };
    const ending = rehearse({ ...request, engine: { ...request.engine, start } });
    await isBroken();
    process.kill(pid, 'SIGKILL');
    await isMended();
    expect((await ending).problems).toMatchObject([{ code: 'K6_CRASHED' }]);
  });

  it('aborts when more fails than the profile tolerates', async () => {
    const request = await drillRequest(system, run, 30, faults);
    const abort = { errorShare: { above: 0.5, overSeconds: 2 } };
    const { exitCode, problems, verdict } = await rehearse({ ...request, plan: { ...request.plan, abort } });
    expect(problems).toMatchObject([{ code: 'RUN_ABORTED' }]);
    expect(exitCode).toBe(99);
    expect(verdict.partial.join()).toMatch(/aborted after [3-7] of 30 s/);
    expect(system.active.size).toBe(0);
  });
});

describe('a runner that is killed during a fault', () => {
  it('leaves no fault, no process, and a folder that tells how it was taken back', async () => {
    const rehearsal = fileURLToPath(new URL('../../fixtures/faults/rehearsal.ts', import.meta.url));
    const runner = fork(rehearsal, [system.url, run], {
      execArgv: ['--import', import.meta.resolve('jiti/register')],
    });
    await isBroken();
    const rows = execFileSync('ps', ['-o', 'pid=', '--ppid', String(runner.pid)], { encoding: 'utf8' });
    const children = rows.trim().split('\n').map(Number);
    expect(children).toContain(supervisorPid());
    runner.kill('SIGKILL');
    await once(runner, 'exit');
    await isMended();
    await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), { timeout: 5000, interval: 50 });
    const { measurements } = evaluateRun(run);
    expect(measurements.end).toBe('killed');
    const [drill] = measurements.drills;
    expect(drill?.rolledBackSecond).toBeGreaterThan(drill?.injectedSecond ?? Number.NaN);
    expect(drill?.problems).toEqual(['it was ended early: the runner is gone']);
  });
});
