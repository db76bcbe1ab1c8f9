import { describe, expect, test } from 'vitest';
import { isBlocking } from '../../../slo/gate.ts';
import type { Regression } from '../../../slo/types.ts';
import { objective } from './fixtures.ts';
import { decide, everything, item, lenient } from './gate-fixtures.ts';

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

  test('failures that would refute a promise, but for coming in too few bursts', () => {
    const objectives = [item('pass'), item('inconclusive', { id: 'burst', suspected: true })];
    expect(decide(objectives, lenient)).toMatchObject({ exitCode: 3, because: ['burst'] });
  });

  test('nothing that blocks', () => {
    const none = { ...lenient, blocking: [{ tier: 'none' }] };
    expect(decide([item('fail')], none)).toMatchObject({ outcome: 'hold', exitCode: 3 });
    expect(decide([], lenient).outcome).toBe('hold');
  });
});

describe('a run in which nothing was measured', () => {
  const nothing = item('inconclusive', { id: 'nothing', total: 0 });
  const capacity = item('inconclusive', { id: 'capacity', sli: { measure: 'objectives' }, total: 40 });

  test('holds the gate of the most lenient policy', () => {
    expect(decide([nothing, capacity], lenient)).toMatchObject({
      ...{ outcome: 'hold', exitCode: 3 },
      summary: 'No blocking objective failed, but nothing was measured that one could be judged by.',
    });
  });

  test('is not one in which something was, however little that proves', () => {
    const open = item('inconclusive', { id: 'open', total: 1 });
    expect(decide([nothing, capacity, open], lenient).outcome).toBe('pass');
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

describe('a pass on too few events', () => {
  const policy = { ...everything, leastSample: 100 };

  test('is inconclusive for the gate, and named', () => {
    const few = [item('pass', { id: 'few', total: 99 }), item('pass', { id: 'enough', total: 100 })];
    expect(decide(few, policy)).toMatchObject({ outcome: 'hold', because: ['few'], tooFewEvents: ['few'] });
    expect(decide(few, { ...policy, inconclusive: 'tolerate' })).toMatchObject({
      outcome: 'pass',
      tolerated: ['few'],
      tooFewEvents: ['few'],
      summary:
        '1 of 2 objectives that block under policy strict are proven, none failed; 1 not proven or not blocking, tolerated.',
    });
  });

  test('is one of a sample: what is counted whole, or follows from others, is as sure as it gets', () => {
    const census = { measure: 'readings', reading: 'lost', op: 'lte', value: 0, census: true } as const;
    const whole = [
      item('pass', { sli: census, total: 1 }),
      item('pass', { sli: { measure: 'objectives' }, total: 3 }),
    ];
    expect(decide(whole, policy)).toMatchObject({ outcome: 'pass', tooFewEvents: [] });
    const sampled = item('pass', { sli: { ...census, census: false }, total: 1 });
    expect(decide([sampled], policy).outcome).toBe('hold');
  });

  test('does not soften a failure', () => {
    expect(decide([item('fail', { total: 1 })], policy)).toMatchObject({ outcome: 'fail', tooFewEvents: [] });
  });
});

describe('regressions', () => {
  const slower: Regression = {
    objectiveId: 'read-latency',
    service: 'shop',
    kind: 'latency',
    shiftShare: 0.2,
    summary: 'reads of shop take 20 % longer',
  };
  const verdicts = [
    item('pass', { id: 'read-latency', service: 'shop', labels: { tier: 'critical' } }),
    item('pass', { id: 'shop-uptime', service: 'shop', labels: { tier: 'standard' } }),
  ];
  const decideOn = (regression: Regression, changes = {}) =>
    decide(verdicts, { ...everything, ...changes }, {}, [regression]);

  test('block though every objective passed', () => {
    const decision = decideOn(slower);
    expect(decision).toMatchObject({ outcome: 'fail', exitCode: 99, because: [] });
    expect(decision.regressions).toEqual({ blocking: [slower], tolerated: [] });
    expect(decision.summary).toBe(
      'No blocking objective failed, but there is 1 regression against the baseline, first in shop.',
    );
  });

  test.each([
    ['latency', 0.2, 'pass'],
    ['latency', 0.199, 'fail'],
    ['errors', 0.2, 'fail'],
  ])('are tolerated up to a share of their kind: %s %d → %s', (kind, share, outcome) => {
    expect(decideOn(slower, { toleratedRegressions: { [kind]: share } }).outcome).toBe(outcome);
  });

  test('seen through a saturated generator prove nothing', () => {
    const generator = { saturated: true, reasons: ['the machine was full'] };
    expect(decide(verdicts, everything, { generator }, [slower])).toMatchObject({ outcome: 'hold' });
  });

  test('of unknown size are within no share', () => {
    const { shiftShare: _, ...unknown } = slower;
    expect(decideOn(unknown, { toleratedRegressions: { latency: 1 } }).outcome).toBe('fail');
  });

  test('are tolerated by label: of an objective by its own, of a service by those of all its objectives', () => {
    const { objectiveId: _, ...ofService } = slower;
    const critical = { toleratedRegressions: { selectors: [{ tier: 'critical' }] } };
    expect(decideOn(slower, critical)).toMatchObject({
      outcome: 'pass',
      regressions: { tolerated: [slower] },
    });
    expect(decideOn(ofService, critical).outcome).toBe('fail');
    expect(decideOn(ofService, { toleratedRegressions: { selectors: [{}] } }).outcome).toBe('pass');
  });

  test('of what does not block do not block; of what nobody judges they do', () => {
    const standard = { blocking: [{ tier: 'standard' }] };
    expect(decideOn(slower, standard).outcome).toBe('pass');
    expect(decideOn({ ...slower, objectiveId: 'unheard-of' }, standard).outcome).toBe('fail');
  });
});
