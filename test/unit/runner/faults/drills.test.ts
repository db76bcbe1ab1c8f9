/** The end of drills, also of those whose supervisor does not come to one: its channel is stood in for, and no time passes. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Recorder } from '../../../../runner/collect/recorder.ts';
import { Drills } from '../../../../runner/faults/drills.ts';
import type { FaultEvent, FaultStep } from '../../../../runner/faults/events.ts';
import type { PreparedFaults } from '../../../../runner/faults/prepare.ts';
import type { SupervisorJob } from '../../../../runner/faults/supervise.ts';
import { plannedFault, procedureOf } from '../../../fixtures/faults/driver.ts';

const supervisor = vi.hoisted(() => ({ job: undefined as SupervisorJob | undefined, told: [] as string[] }));
vi.mock('../../../../runner/faults/supervise.ts', () => ({
  startSupervisor: async (job: SupervisorJob) => {
    supervisor.job = job;
    const end = (why: string) => void supervisor.told.push(why);
    return { ended: new Promise(() => {}), order: () => {}, end, release: () => {} };
  },
}));
vi.mock('../../../../runner/faults/supervisor/tools.ts', () => ({
  pause: async (ms: number) => {
    if (ms > 0) supervisor.told.push(`a pause of ${ms} ms`);
  },
}));

let notes: string[];
let kill: AbortController;
let drills: Drills;
/** Wall clock of second 0. */
let startedAtMs: number;

beforeEach(async () => {
  supervisor.told = [];
  notes = [];
  startedAtMs = 0;
  vi.useFakeTimers({ toFake: ['Date'], now: 5_000 });
  kill = new AbortController();
  const procedures = ['a', 'b', 'c'].map((id) => procedureOf('http://kiosk.test', plannedFault(id, 0, 1)));
  const request = {
    plan: {},
    target: { confidential: [] },
    live: { note: (text: string) => notes.push(text) },
    killSignal: kill.signal,
  };
  const recorder = {
    get startedAtMs() {
      return startedAtMs;
    },
    record: () => {},
  };
  drills = new Drills(
    { request, procedures, stop: async () => {} } as unknown as PreparedFaults,
    'faults.log',
    recorder as unknown as Recorder,
    () => {},
  );
  await drills.start();
  const hear = (fault: string, ...steps: FaultStep[]) => {
    for (const step of steps)
      supervisor.job?.onEvent({ atMs: 0, fault, driver: 'kiosk', step } as FaultEvent);
  };
  hear('a', 'begun', 'injecting', 'injected', 'rolling-back');
  hear('b', 'begun', 'injecting', 'injected', 'rolling-back', 'rolled-back');
  hear('c', 'begun');
});

afterEach(() => vi.useRealTimers());

it('wait for the end of the last fault, though the load ended a moment before', async () => {
  startedAtMs = Date.now() - 700;
  await drills.finish();
  expect(supervisor.told.slice(0, 2)).toEqual(['a pause of 300 ms', 'the load has ended']);
});

const cause = 'a is not taken back yet; the supervisor goes on with it alone';

it('tell of a fault whose roll-back takes longer than anybody waits', async () => {
  expect(await drills.finish()).toMatchObject([{ code: 'FAULT_NOT_ROLLED_BACK', cause }]);
});

it('say so in a note to somebody who does not want to wait', async () => {
  kill.abort();
  expect(await drills.finish()).toEqual([]);
  expect(notes.at(-1)).toBe(cause);
});
