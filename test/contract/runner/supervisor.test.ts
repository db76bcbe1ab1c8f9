/** The supervisor of faults with real processes and real HTTP, against a system that keeps count of its faults. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FaultEvent } from '../../../runner/faults/events.ts';
import { type Supervisor, startSupervisor } from '../../../runner/faults/supervise.ts';
import type { FaultProcedure } from '../../../runner/faults/types.ts';
import { readJournal } from '../../../runner/store/journal.ts';
import { isAlive } from '../../e2e/cli.ts';
import { type Breakable, openBreakable } from '../../fixtures/faults/breakable.ts';
import { plannedFault, procedureOf } from '../../fixtures/faults/driver.ts';

let system: Breakable;
let folder: string;
let events: FaultEvent[];
let lost: string[];
let supervisor: Supervisor | undefined;
let runner: ChildProcess | undefined;

beforeEach(async () => {
  system = await openBreakable();
  folder = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
  events = [];
  lost = [];
});
afterEach(async () => {
  system.control = 200;
  supervisor?.end('the test is over', 0);
  await supervisor?.ended;
  runner?.kill('SIGKILL');
  supervisor = undefined;
  runner = undefined;
  await system.close();
  rmSync(folder, { recursive: true });
});

const journal = (): string => join(folder, 'faults.log');
const procedure = (id: string, startSecond = 0): FaultProcedure =>
  procedureOf(system.url, plannedFault(id, startSecond, startSecond + 1));
const stepsOf = (id: string): string[] =>
  events
    .filter(({ fault }) => fault === id)
    .map(({ step, text }) => (text === undefined ? step : `${step}: ${text}`));
const within = { timeout: 10_000, interval: 20 };

async function supervise(procedures: readonly FaultProcedure[], mayOverlap = false): Promise<Supervisor> {
  supervisor = await startSupervisor({
    procedures,
    mayOverlap,
    journal: journal(),
    confidential: ['open-sesame'],
    onEvent: (event) => events.push(event),
    onLost: (why) => lost.push(why),
    onGone: (why) => lost.push(`gone: ${why}`),
  });
  return supervisor;
}

function order(id: string, inMs: number, forMs: number): void {
  const injectAtMs = Date.now() + inMs;
  supervisor?.order(id, { injectAtMs, rollBackAtMs: injectAtMs + forMs });
}

/** A process that holds a fault; resolves with its supervisor's pid once the system is broken. */
async function startRunner(): Promise<number> {
  runner = fork(
    fileURLToPath(new URL('../../fixtures/faults/runner.ts', import.meta.url)),
    [system.url, journal()],
    { execArgv: ['--import', import.meta.resolve('jiti/register')] },
  );
  const [message] = (await once(runner, 'message')) as [{ supervisor: number }];
  expect(system.active).toEqual(new Set(['errors']));
  return message.supervisor;
}

describe('a fault as a lease', () => {
  it('is injected when due, proven, taken back when over, and seen to be gone', async () => {
    await supervise([procedure('a')]);
    order('a', 300, 400);
    await vi.waitFor(() => expect(stepsOf('a')).toContain('steady'), within);
    const steps = ['begun', 'injecting', 'injected', 'took-effect', 'rolling-back', 'rolled-back', 'steady'];
    expect(stepsOf('a')).toEqual(steps);
    expect(system.history).toEqual(['+a', '-a']);
    // All of it is on disk, without secrets.
    expect(readJournal(folder)).toEqual({ events, unreadable: 0 });
    expect(readFileSync(journal(), 'utf8')).not.toContain('open-sesame');
  });
});

describe('the end of all faults', () => {
  it('does not let a roll-back that hangs keep the others waiting', async () => {
    const hanging = procedure('a', 1);
    const [rollBack] = hanging.rollBack;
    if (rollBack?.type !== 'http') throw new Error('the fixture has changed');
    const sleep = { type: 'process', file: 'sleep', args: ['60'], timeoutMs: 200 } as const;
    await supervise([procedure('harmless'), { ...hanging, rollBack: [sleep, rollBack] }], true);
    order('harmless', 0, 60_000);
    order('a', 0, 60_000);
    await vi.waitFor(() => expect(system.active.size).toBe(2), within);
    supervisor?.end('enough', 0);
    await vi.waitFor(() => expect(system.history).toContain('-harmless'), within);
    expect(system.active).toEqual(new Set(['a']));
    await supervisor?.rolledBack;
    expect(stepsOf('a').join()).toMatch(/roll-back-failed: sleep 60: no answer in 200 ms/);
    // What comes after the action that hung is done all the same.
    expect(system.active.size).toBe(0);
  });
});

describe('a runner that is gone', () => {
  it('with SIGKILL takes its faults with it, and the supervisor ends', async () => {
    const supervisorPid = await startRunner();
    runner?.kill('SIGKILL');
    await vi.waitFor(() => expect(system.active.size).toBe(0), { timeout: 3000, interval: 20 });
    await vi.waitFor(() => expect(isAlive(supervisorPid)).toBe(false), within);
    const steps = readJournal(folder).events.map(({ step, text }) => text ?? step);
    expect(steps).toContain('it was ended early: the runner is gone');
    expect(steps.slice(-2)).toEqual(['rolled-back', 'steady']);
  });
});

describe('a supervisor that is gone', () => {
  it('is missed, unless it was told to end', async () => {
    const { pid } = await supervise([procedure('a')]);
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(lost).toEqual(['gone: the supervisor of faults ended (SIGKILL)']), within);
  });

  it('takes everything back when somebody ends it', async () => {
    const { pid } = await supervise([procedure('a')]);
    order('a', 0, 60_000);
    await vi.waitFor(() => expect(stepsOf('a')).toContain('took-effect'), within);
    process.kill(pid, 'SIGTERM');
    await vi.waitFor(() => expect(system.active.size).toBe(0), within);
    await supervisor?.ended;
    expect(lost).toEqual(['the supervisor got SIGTERM']);
  });
});

describe('a side that hangs', () => {
  // Both at once: each waits for the whole lease.
  it('is missed by the other: a runner loses its faults, a supervisor its life', async () => {
    await startRunner();
    const { pid } = await supervise([procedure('a')]);
    runner?.kill('SIGSTOP');
    process.kill(pid, 'SIGSTOP');
    await vi.waitFor(() => expect(system.active.size).toBe(0), within);
    const heard = runner && once(runner, 'message');
    runner?.kill('SIGCONT');
    expect((await heard)?.[0]).toEqual({ lost: 'the runner did not renew its lease for 5000 ms' });
    await vi.waitFor(() => expect(lost).toEqual(['gone: the supervisor of faults ended (SIGKILL)']), within);
  });
});
