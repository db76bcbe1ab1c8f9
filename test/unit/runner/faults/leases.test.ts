/** Leases with a system in memory: what is asked and done in which order, and what is told of it. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Leases } from '../../../../runner/faults/supervisor/leases.ts';
import type { LeaseTools } from '../../../../runner/faults/supervisor/tools.ts';
import type { FaultProcedure } from '../../../../runner/faults/types.ts';
import { plannedFault, procedureOf } from '../../../fixtures/faults/driver.ts';

let broken: boolean;
let done: string[];
let told: string[];
/** Why an action cannot be done. */
let refusals: Record<string, string>;

beforeEach(() => {
  broken = false;
  done = [];
  told = [];
  refusals = {};
});

const tools: LeaseTools = {
  perform: async (fault, action) => {
    const sign = action.type === 'http' && action.method === 'POST' ? '+' : '-';
    done.push(`${sign}${fault}`);
    const refusal = refusals[`${sign}${fault}`];
    if (refusal === undefined && !fault.startsWith('harmless')) broken = sign === '+';
    return refusal;
  },
  ask: async ({ name }) => (name === 'the kiosk errs' ? broken : !broken),
  tell: ({ fault }, step, text) => told.push(`${fault.id} ${text ?? step}`),
};

const procedure = (id: string, startSecond = 0): FaultProcedure =>
  procedureOf('http://kiosk.test', plannedFault(id, startSecond, startSecond + 1));
const now = (forMs: number) => ({ injectAtMs: Date.now(), rollBackAtMs: Date.now() + forMs });
const soon = { timeout: 3000, interval: 5 };
const isTold = (line: string) => vi.waitFor(() => expect(told).toContain(line), soon);

describe('a lease', () => {
  it('looks before, injects, proves, takes back and looks again', async () => {
    const leases = new Leases([procedure('a')], tools, false);
    leases.order('a', now(60));
    await isTold('a steady');
    const steps = ['begun', 'injecting', 'injected', 'took-effect', 'rolling-back', 'rolled-back', 'steady'];
    expect(told).toEqual(steps.map((step) => `a ${step}`));
    expect(done).toEqual(['+a', '-a']);
  });

  it('leaves a system alone that is broken already', async () => {
    broken = true;
    new Leases([procedure('a')], tools, false).order('a', now(60));
    await isTold('a the system was not steady before it (the kiosk answers): it was not injected');
    expect(done).toEqual([]);
  });

  it('leaves a system alone that shows the effect without the fault', async () => {
    const always = { ...tools, ask: async () => true };
    new Leases([procedure('a')], always, false).order('a', now(60));
    await isTold('a its effect was there before it (the kiosk errs): it was not injected');
    expect(done).toEqual([]);
  });

  it('says so if it was never seen to take effect', async () => {
    new Leases([procedure('harmless')], tools, false).order('harmless', now(60));
    await isTold('harmless steady');
    expect(told).toContain('harmless it was never seen to take effect: the kiosk errs');
    expect(told).not.toContain('harmless took-effect');
  });

  it('is taken back though it could not be injected', async () => {
    refusals['+a'] = 'answered 500';
    new Leases([procedure('a')], tools, false).order('a', now(60_000));
    await isTold('a rolled-back');
    expect(told).toContain('a it could not be injected: POST http://kiosk.test/faults/a: answered 500');
    expect(told).not.toContain('a it was never seen to take effect: the kiosk errs');
  });

  it('is taken back again at the end if injecting failed: it may have come into force since', async () => {
    refusals['+a'] = 'no answer in 1000 ms';
    const leases = new Leases([procedure('a')], tools, false);
    leases.order('a', now(60_000));
    await isTold('a steady');
    expect(await leases.endAll('enough')).toBe(true);
    expect(done).toEqual(['+a', '-a', '-a']);
  });

  it('is taken back at once while it is being injected, and again when that is answered', async () => {
    let answer = () => {};
    const slow: LeaseTools = {
      ...tools,
      perform: async (fault, action, signal) => {
        const isInject = action.type === 'http' && action.method === 'POST';
        if (isInject) await new Promise<void>((answered) => (answer = answered));
        return tools.perform(fault, action, signal);
      },
    };
    const leases = new Leases([procedure('a')], slow, false);
    leases.order('a', now(60_000));
    await isTold('a injecting');
    const ended = leases.endAll('enough');
    await vi.waitFor(() => expect(done).toEqual(['-a']), soon);
    expect(told).not.toContain('a rolled-back');
    answer();
    expect(await ended).toBe(true);
    expect(done).toEqual(['-a', '+a', '-a']);
    expect(broken).toBe(false);
    expect(told).toContain('a rolled-back');
  });

  it('tries a roll-back again that fails, and tells of one that never succeeds', async () => {
    refusals['-a'] = 'answered 503';
    const leases = new Leases([procedure('a')], tools, false);
    leases.order('a', now(60_000));
    await isTold('a took-effect');
    expect(await leases.endAll('enough')).toBe(false);
    expect(told).toContain('a DELETE http://kiosk.test/faults/a: answered 503, 5 times');
    expect(told).not.toContain('a rolled-back');
  });

  it('says so if the system is not steady again before patience ends', async () => {
    const limping: LeaseTools = {
      ...tools,
      ask: async (check, signal) => !done.includes('-a') && tools.ask(check, signal),
    };
    const leases = new Leases([procedure('a')], limping, false);
    leases.order('a', now(60));
    await isTold('a rolled-back');
    await leases.settle(30);
    expect(told.at(-1)).toMatch(/^a the system was not seen steady again, \d/);
  });
});

describe('several leases', () => {
  it('do not begin while another one lasts', async () => {
    const leases = new Leases([procedure('harmless'), procedure('b', 1)], tools, false);
    leases.order('harmless', now(60_000));
    leases.order('b', now(60_000));
    await isTold('b harmless was not taken back yet: it was not injected');
    expect(done).toEqual(['+harmless']);
  });

  it('do not begin while the system is not steady after the one before', async () => {
    const limping: LeaseTools = {
      ...tools,
      ask: async (check, signal) => (check.name === 'limping' ? done.length === 0 : tools.ask(check, signal)),
    };
    const [look] = procedure('harmless-a').steady;
    if (look === undefined) throw new Error('the fixture has changed');
    const slow = { ...procedure('harmless-a'), steady: [{ ...look, name: 'limping' }] };
    const leases = new Leases([slow, procedure('b', 1)], limping, false);
    leases.order('harmless-a', now(10));
    await isTold('harmless-a rolled-back');
    leases.order('b', now(10));
    await isTold('b the system was not steady again after harmless-a: it was not injected');
    await leases.endAll('enough');
    await leases.settle(0);
    expect(done).toEqual(['+harmless-a', '-harmless-a']);
  });

  it('end with the last one first, and nothing is injected any more', async () => {
    const ids = ['harmless-a', 'harmless-b', 'c', 'harmless-d'];
    const leases = new Leases(
      ids.map((id, index) => procedure(id, index)),
      tools,
      true,
    );
    for (const id of ids.slice(0, 3)) leases.order(id, now(60_000));
    leases.order('harmless-d', { injectAtMs: Date.now() + 60_000, rollBackAtMs: Date.now() + 61_000 });
    await vi.waitFor(() => expect(done).toHaveLength(3), soon);
    expect(await leases.endAll('enough')).toBe(true);
    expect(done.slice(3)).toEqual(['-c', '-harmless-b', '-harmless-a']);
    expect(told).toContain('harmless-d it was not injected: enough');
    expect(told).toContain('c it was ended early: enough');
    // Told again it has nothing more to do, and takes no orders.
    await leases.endAll('again');
    leases.order('harmless-d', now(10));
    expect(done).toHaveLength(6);
  });
});
