import { describe, expect, it } from 'vitest';
import type { PlannedFault } from '../../../../profiles/faults.ts';
import type { Outcome } from '../../../../slo/ledger/attempts.ts';
import { type Finding, type Standing, unread } from '../../../../slo/ledger/findings.ts';
import { classesIn, type LedgerResult } from '../../../../slo/ledger/result.ts';
import { reachOf, readingsOf, rpoSeconds } from '../../../../slo/ledger/rpo.ts';
import { LedgerTally, nearestFault } from '../../../../slo/ledger/tally.ts';

const spec = {
  name: 'orders',
  kind: 'order',
  write: 'order.place',
  read: { route: 'order.get', params: { orderId: 'id' } },
  copies: { route: 'charges.list', params: {}, list: 'charges', reading: 'orders-charged-twice' },
  settleSeconds: 1,
  patienceSeconds: 10,
};

const fault = (id: string, startSecond: number, endSecond: number): PlannedFault => ({
  ...{ id, startSecond, endSecond },
  ...{ service: 'order', kind: 'crash', parameters: {} },
});

const crash = fault('order-crash', 10, 14);
const zoneLoss = fault('order-zone-loss', 30, 40);

type Row = readonly [second: number, outcome: Outcome, standing: Standing, copies?: number];

function tallied(rows: readonly Row[], faults: readonly PlannedFault[] = []): LedgerTally {
  const tally = new LedgerTally(spec, faults, 1000);
  rows.forEach(([second, outcome, standing, copies = 1], index) => {
    const atMs = 1000 + second * 1000;
    const ref = `ref-${index}`;
    const finding: Finding = standing === 'unread' ? unread('order.get answered 500') : { standing };
    tally.add({ ref, outcome, atMs, fields: { kind: 'order', atMs } }, finding, copies);
  });
  return tally;
}

const readings = (result: LedgerResult) =>
  Object.fromEntries(readingsOf(result, 60).map(({ reading, value, upTo }) => [reading, [value, upTo]]));

describe('a fault', () => {
  it.each([
    [9.7, 'order-crash'],
    [12, 'order-crash'],
    [21.9, 'order-crash'],
    [22.1, 'order-zone-loss'],
    [99, 'order-zone-loss'],
  ])('is nearest to second %d: %s', (second, id) => {
    expect([crash, zoneLoss][nearestFault(second, [crash, zoneLoss])]?.id).toBe(id);
  });

  it('of two that last, the later one is nearest', () => {
    expect(nearestFault(12, [fault('a', 0, 20), fault('b', 11, 15)])).toBe(1);
    expect(nearestFault(12, [fault('b', 11, 15), fault('a', 0, 20)])).toBe(0);
  });
});

describe('a loss that reaches over the line between two faults', () => {
  const rows: readonly Row[] = [
    [12, 'acknowledged', 'present'],
    [18, 'acknowledged', 'absent'],
    [21, 'acknowledged', 'altered'],
    [24, 'acknowledged', 'absent'],
    [29, 'acknowledged', 'absent'],
    [36, 'acknowledged', 'present'],
  ];
  const lossesOf = (more: readonly Row[] = []) =>
    tallied([...more, ...rows], [zoneLoss, crash])
      .result()
      .spans.map((span) => [span.fault, classesIn([span]).lost, span.lost, span.examples.length]);

  it('is one, and the later fault’s, if nothing survived in it', () => {
    expect(lossesOf()).toEqual([
      ['order-crash', 0, undefined, 0],
      ['order-zone-loss', 4, { firstSecond: 18, lastSecond: 29 }, 4],
    ]);
  });

  it.each([20, 21.5, 23])('is two if something of second %d survived', (second) => {
    expect(lossesOf([[second, 'acknowledged', 'present']])).toEqual([
      ['order-crash', 2, { firstSecond: 18, lastSecond: 21 }, 2],
      ['order-zone-loss', 2, { firstSecond: 24, lastSecond: 29 }, 2],
    ]);
  });
});

describe('the classes', () => {
  const result = tallied(
    [
      [5, 'acknowledged', 'present'],
      [9.25, 'acknowledged', 'absent'],
      [9.75, 'acknowledged', 'altered'],
      [11, 'unknown', 'present'],
      [12, 'unknown', 'absent'],
      [13, 'rejected', 'present', 2],
      [35, 'acknowledged', 'absent'],
      [39.5, 'acknowledged', 'absent'],
      [15, 'acknowledged', 'present'],
    ],
    [crash, zoneLoss],
  ).result();
  const [first, second] = result.spans;

  it('are counted for the drill that lies nearest', () => {
    expect(first).toMatchObject({ fault: 'order-crash', lost: { firstSecond: 9.25, lastSecond: 9.75 } });
    expect(second).toMatchObject({ fault: 'order-zone-loss', lost: { firstSecond: 35, lastSecond: 39.5 } });
    expect(classesIn(result.spans.slice(0, 1))).toEqual({
      ...{ acknowledged: 4, present: 2, lost: 2, unread: 0, unacknowledged: 2, absent: 1 },
      ...{ unacknowledgedUnread: 0, duplicated: 1, copiesUnread: 0 },
    });
    expect(classesIn(result.spans)).toMatchObject({ acknowledged: 6, lost: 4 });
  });

  it('come with examples of what somebody will look into', () => {
    expect(first?.examples).toEqual([
      { as: 'lost', ref: 'ref-1', second: 9.25 },
      { as: 'altered', ref: 'ref-2', second: 9.75 },
      { as: 'unacknowledged', ref: 'ref-3', second: 11 },
      { as: 'unacknowledged', ref: 'ref-5', second: 13 },
      { as: 'duplicated', ref: 'ref-5', second: 13 },
    ]);
  });

  it('give the window of the worst drill, not the time between two', () => {
    expect(readings(result)).toEqual({
      'orders-lost': [4, undefined],
      'orders-rpo-seconds': [4.5, undefined],
      'orders-charged-twice': [1, undefined],
    });
  });

  it('tell how far the loss reaches to both sides of the fault', () => {
    expect(reachOf({ firstSecond: 9.25, lastSecond: 9.75 }, 10)).toEqual({ back: 0.75, on: 0 });
    expect(reachOf({ firstSecond: 35, lastSecond: 39.5 }, 30)).toEqual({ back: 0, on: 9.5 });
  });
});

describe('the figures', () => {
  it('are exact where everything was read', () => {
    const result = tallied([[1, 'acknowledged', 'present']]).result();
    expect(readings(result)).toMatchObject({
      'orders-lost': [0, undefined],
      'orders-rpo-seconds': [0, undefined],
    });
  });

  it('are none where nothing was acknowledged', () => {
    expect(readings(tallied([[1, 'rejected', 'absent']]).result())).toEqual({});
  });

  it('are as wide as what could not be read', () => {
    const rows: Row[] = [
      [10, 'acknowledged', 'absent'],
      [14, 'acknowledged', 'unread'],
    ];
    const result = tallied(rows).result();
    expect(readings(result)).toMatchObject({ 'orders-lost': [1, 2], 'orders-rpo-seconds': [0, 4] });
    expect(result.gaps).toEqual([{ code: 'READ_BACK_FAILED', cause: 'order.get answered 500', count: 1 }]);
  });

  it('are open over the whole run where a line is no entry: it may have been any', () => {
    const tally = tallied([[1, 'acknowledged', 'present']]);
    tally.addIllegible('a last line that was cut off');
    expect(readings(tally.result())).toEqual({
      'orders-lost': [0, 1],
      'orders-rpo-seconds': [0, 60],
      'orders-charged-twice': [0, 1],
    });
    expect(tally.result().gaps).toEqual([
      { code: 'LEDGER_DAMAGED', cause: 'a last line that was cut off', count: 1 },
    ]);
  });

  it('leave out nobody whose copies could not be counted', () => {
    const tally = tallied([[1, 'acknowledged', 'present', 2]]);
    const attempt = {
      ref: 'r',
      outcome: 'unknown',
      atMs: 1000,
      fields: { kind: 'order', atMs: 1000 },
    } as const;
    tally.add(attempt, { standing: 'absent' }, unread('charges.list answered 503'));
    expect(readings(tally.result())).toMatchObject({ 'orders-charged-twice': [1, 2] });
  });

  it('span nothing where one write was lost: the count says the rest', () => {
    expect([rpoSeconds(undefined), rpoSeconds({ firstSecond: 3, lastSecond: 3 })]).toEqual([0, 0]);
  });
});

it('stays small, however many causes and losses there are', () => {
  const tally = tallied(Array.from({ length: 100 }, (_, index): Row => [index, 'acknowledged', 'absent']));
  for (let index = 0; index < 100; index++) tally.addIllegible(`cause ${index}`);
  const { gaps, spans, illegible } = tally.result();
  expect(illegible).toBe(100);
  expect(spans[0]?.examples).toHaveLength(5);
  expect(gaps).toHaveLength(11);
  expect(gaps.at(-1)).toMatchObject({ cause: 'other causes', count: 90 });
});
