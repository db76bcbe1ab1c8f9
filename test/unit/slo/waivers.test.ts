import { describe, expect, test } from 'vitest';
import { gate } from '../../../slo/gate.ts';
import type { Policy, Verdict, Waiver } from '../../../slo/types.ts';
import { expiredWaivers } from '../../../slo/waivers.ts';
import { decide, everything, item } from './gate-fixtures.ts';

const waiver: Waiver = {
  objective: 'broken',
  owner: 'payments',
  reason: 'the fix is on its way',
  expires: '2026-11-30',
  source: { file: 'policies/ci.yaml', line: 7 },
};
const waiving = (changes: Partial<Waiver> = {}): Policy => ({
  ...everything,
  waivers: [{ ...waiver, ...changes }],
});

describe('a waived failure', () => {
  test('does not fail the gate, and is told with owner, reason and end', () => {
    const decision = decide([item('pass'), item('fail', { id: 'broken' })], waiving());
    expect(decision).toMatchObject({ outcome: 'pass', exitCode: 0, because: [], tolerated: [] });
    const { objective, owner, reason, expires } = waiver;
    expect(decision.waived).toEqual([{ objective, owner, reason, expires }]);
    expect(decision.summary).toBe(
      '1 of 1 objective that block under policy strict are proven, no other failed. 1 objective that did not pass is waived: broken.',
    );
  });

  test('lets no other failure through', () => {
    const decision = decide([item('fail', { id: 'broken' }), item('fail', { id: 'other' })], waiving());
    expect(decision).toMatchObject({
      outcome: 'fail',
      because: ['other'],
      waived: [{ objective: 'broken' }],
    });
    expect(decision.summary).toMatch(/other worst\. 1 objective that did not pass is waived: broken\.$/);
  });

  test('may be named by labels', () => {
    const policy = waiving({ objective: { tier: 'critical' } });
    const mixed = [
      item('pass', { id: 'fine' }),
      item('fail', { id: 'a', labels: { tier: 'critical', kind: 'uptime' } }),
      item('fail', { id: 'b', labels: { tier: 'standard' } }),
    ];
    expect(decide(mixed, policy)).toMatchObject({ because: ['b'], waived: [{ objective: 'a' }] });
  });

  test('is not the same as a pass: with nothing else that blocks, nothing is decided', () => {
    const decision = decide([item('fail', { id: 'broken' })], waiving());
    expect(decision).toMatchObject({ outcome: 'hold', exitCode: 3, because: [] });
    expect(decision.summary).toContain('every objective that blocks is waived');
  });
});

test('a waiver covers what is unproven too, but not data that is missing', () => {
  const open = item('inconclusive', { id: 'broken' });
  expect(decide([item('pass'), open], waiving())).toMatchObject({ outcome: 'pass', waived: [{}] });
  const silent = item('inconclusive', { id: 'broken', dataMissing: true });
  expect(decide([item('pass'), silent], waiving())).toMatchObject({ outcome: 'hold', because: ['broken'] });
});

test('a waiver of what passes, or does not block, says nothing', () => {
  expect(decide([item('pass', { id: 'broken' })], waiving()).waived).toEqual([]);
  const selective = { ...waiving(), blocking: [{ tier: 'critical' }] };
  const mixed = [item('pass', { labels: { tier: 'critical' } }), item('fail', { id: 'broken', labels: {} })];
  expect(decide(mixed, selective)).toMatchObject({ waived: [], tolerated: ['broken'] });
});

describe('the end of a waiver', () => {
  const lastMoment = Date.parse('2026-11-30T23:59:59.999Z');

  test('is the end of its last day, UTC', () => {
    expect(expiredWaivers(waiving(), lastMoment)).toEqual([]);
    expect(expiredWaivers(waiving(), lastMoment + 1)).toMatchObject([
      {
        code: 'WAIVER_EXPIRED',
        cause: 'policy strict: the waiver of payments for broken ended on 2026-11-30',
        file: 'policies/ci.yaml',
        line: 7,
      },
    ]);
  });

  test('is an error of the gate, even if everything passes', () => {
    const generator = { saturated: false, reasons: [] };
    const verdict: Verdict = {
      version: 1,
      answer: 'pass',
      objectives: [item('pass')],
      generator,
      partial: [],
    };
    const decideAt = (nowMs: number) => gate(verdict, waiving(), { nowMs }).outcome;
    expect(decideAt(lastMoment)).toBe('pass');
    expect(() => decideAt(lastMoment + 1)).toThrow('WAIVER_EXPIRED');
  });

  test('names labels where the waiver does', () => {
    const cause = (objective: Waiver['objective']) =>
      expiredWaivers(waiving({ objective }), lastMoment + 1)[0]?.cause;
    expect(cause({ tier: 'critical', kind: 'latency' })).toContain('for tier=critical, kind=latency ended');
    expect(cause({})).toContain('for every objective ended');
  });
});
