import { afterEach, describe, expect, it, vi } from 'vitest';
import { ContractBroken } from '../../../../scenarios/k6/contract.ts';
import { attempt, type LedgerFields } from '../../../../scenarios/k6/ledger.ts';

const log = vi.spyOn(console, 'log').mockImplementation(() => {});

afterEach(() => log.mockClear());

function written(): Record<string, unknown>[] {
  return log.mock.calls.map(([line]) => JSON.parse(String(line).replace(/^PEAKPROOF /, '')));
}

function attempting(act: () => LedgerFields | undefined) {
  return attempt('order', 'ref-1', { totalCents: 1200 }, act);
}

describe('an attempt', () => {
  it('is written before it is made, and again with what was acknowledged', () => {
    const before = Date.now();
    attempting(() => {
      expect(written()).toHaveLength(1);
      return { id: 'ord-1' };
    });
    expect(written()).toMatchObject([
      { kind: 'order', stage: 'begun', ref: 'ref-1', totalCents: 1200 },
      { kind: 'order', stage: 'acknowledged', ref: 'ref-1', totalCents: 1200, id: 'ord-1' },
    ]);
    for (const { atMs } of written()) expect(atMs).toBeGreaterThanOrEqual(before);
  });

  it('is rejected where the system declined in words of the business', () => {
    expect(attempting(() => undefined)).toBeUndefined();
    expect(written()).toMatchObject([{ stage: 'begun' }, { stage: 'rejected' }]);
  });

  it.each([
    [422, 'rejected'],
    [429, 'rejected'],
    [408, 'unknown'],
    [500, 'unknown'],
    [503, 'unknown'],
    [0, 'unknown'],
    [201, 'unknown'],
  ])('that broke its contract with status %d is %s', (status, stage) => {
    const broken = new ContractBroken('order.place', status);
    expect(() =>
      attempting(() => {
        throw broken;
      }),
    ).toThrow(broken);
    expect(written().map((line) => line.stage)).toEqual(['begun', stage]);
  });

  it('is unknown where the script itself failed, and no field of its own can rename it', () => {
    expect(() =>
      attempt('order', 'ref-1', { stage: 'acknowledged', ref: 'other' }, () => {
        throw new TypeError('no field');
      }),
    ).toThrow('no field');
    expect(written()).toMatchObject([
      { stage: 'begun', ref: 'ref-1' },
      { stage: 'unknown', ref: 'ref-1' },
    ]);
  });
});
