import { describe, expect, test } from 'vitest';
import { gate, isBlocking } from '../../../slo/gate.ts';
import type { Answer, Evidence, Objective, ObjectiveVerdict, Policy, Verdict } from '../../../slo/types.ts';
import { objective } from './fixtures.ts';

const everything: Policy = {
  name: 'strict',
  description: '',
  blocking: [{}],
  inconclusive: 'hold',
  partial: 'hold',
};
const lenient: Policy = { ...everything, name: 'lenient', inconclusive: 'tolerate', partial: 'tolerate' };

interface Item extends Partial<Objective> {
  readonly dataMissing?: true;
  readonly upperBound?: number;
}

function item(answer: Answer, { dataMissing, upperBound = 0.5, ...changes }: Item = {}): ObjectiveVerdict {
  const evidence: Evidence = { total: 10, bad: 1, dropped: 0, lowerBound: 0.1, upperBound };
  return {
    objective: objective(changes),
    answer,
    reason: '',
    evidence,
    phases: [],
    ...(dataMissing && { dataMissing }),
  };
}

function decide(
  objectives: readonly ObjectiveVerdict[],
  policy = everything,
  changes: Partial<Verdict> = {},
) {
  const generator = { saturated: false, reasons: [] };
  return gate({ version: 1, answer: 'pass', objectives, generator, partial: [], ...changes }, policy);
}

describe('exit codes', () => {
  test('0 if all that block pass', () => {
    expect(decide([item('pass')])).toMatchObject({
      outcome: 'pass',
      exitCode: 0,
      because: [],
      tolerated: [],
    });
  });

  test('99 if one that blocks fails, whatever the policy says about the rest', () => {
    const mixed = [item('inconclusive', { id: 'open' }), item('fail', { id: 'broken' })];
    expect(decide(mixed)).toMatchObject({ outcome: 'fail', exitCode: 99, because: ['broken'] });
    expect(decide(mixed, lenient)).toMatchObject({ exitCode: 99, tolerated: ['open'] });
  });

  test('3 for an inconclusive one where the policy holds, 0 with a note where it tolerates', () => {
    const open = [item('pass'), item('inconclusive', { id: 'open' })];
    expect(decide(open)).toMatchObject({ outcome: 'hold', exitCode: 3, because: ['open'] });
    expect(decide(open, lenient)).toMatchObject({ outcome: 'pass', exitCode: 0, tolerated: ['open'] });
  });

  test('a partial run likewise', () => {
    const partial = ['interrupted after 20 of 40 s'];
    expect(decide([item('pass')], everything, { partial })).toMatchObject({ outcome: 'hold', exitCode: 3 });
    expect(decide([item('pass')], lenient, { partial }).outcome).toBe('pass');
  });
});

describe('what no policy tolerates', () => {
  test('a saturated generator', () => {
    const generator = { saturated: true, reasons: ['the machine was full'] };
    expect(decide([item('inconclusive')], lenient, { generator })).toMatchObject({
      outcome: 'hold',
      exitCode: 3,
    });
  });

  test('data that was due and is missing', () => {
    const objectives = [item('pass'), item('inconclusive', { id: 'silent', dataMissing: true })];
    expect(decide(objectives, lenient)).toMatchObject({ exitCode: 3, because: ['silent'] });
  });

  test('nothing that blocks', () => {
    const none = { ...lenient, blocking: [{ tier: 'none' }] };
    expect(decide([item('fail')], none)).toMatchObject({ outcome: 'hold', exitCode: 3 });
    expect(decide([], lenient).outcome).toBe('hold');
  });
});

describe('which objective blocks', () => {
  test('one that has all labels of any selector', () => {
    const blocks = isBlocking({
      ...everything,
      blocking: [{ tier: 'critical', kind: 'latency' }, { team: 'a' }],
    });
    expect(blocks(objective({ labels: { tier: 'critical', kind: 'latency', more: 'x' } }))).toBe(true);
    expect(blocks(objective({ labels: { tier: 'critical' } }))).toBe(false);
    expect(blocks(objective({ labels: { team: 'a' } }))).toBe(true);
  });

  test('a failed one that does not block is tolerated and listed', () => {
    const critical = { ...everything, blocking: [{ tier: 'critical' }] };
    const degraded = item('fail', { id: 'extra', labels: { tier: 'degradable' } });
    expect(decide([item('pass'), degraded], critical)).toMatchObject({ exitCode: 0, tolerated: ['extra'] });
  });
});

describe('the worst first', () => {
  test('causes before consequences, then the widest gap', () => {
    const failed = [
      item('fail', { id: 'capacity', sli: { measure: 'objectives' }, upperBound: 0 }),
      item('fail', { id: 'all', sli: { measure: 'requests', routes: [] }, upperBound: 0 }),
      item('fail', { id: 'checkout', sli: { measure: 'journeys', journey: 'visit' }, upperBound: 0 }),
      item('fail', { id: 'caller', upperBound: 0.8, target: 0.9999 }),
      item('fail', { id: 'culprit', upperBound: 0.1, target: 0.99 }),
    ];
    expect(decide(failed).because).toEqual(['culprit', 'caller', 'checkout', 'all', 'capacity']);
    expect(decide(failed).summary).toContain('culprit worst');
  });
});
