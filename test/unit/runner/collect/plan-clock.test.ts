import { describe, expect, it } from 'vitest';
import { PlanClock } from '../../../../runner/collect/plan-clock.ts';

function seconds(startedAtMs: number, exportEndsMs: readonly number[]): number[] {
  const clock = new PlanClock();
  clock.start(startedAtMs);
  return exportEndsMs.map((endMs) => clock.secondOfExport(endMs));
}

describe('the second of an export', () => {
  it('is the one in which most of its interval lies', () => {
    expect(seconds(10_000, [11_000, 12_000, 13_000])).toEqual([0, 1, 2]);
    expect(seconds(10_000, [10_900, 11_900])).toEqual([0, 1]);
    expect(seconds(10_000, [11_700, 12_700])).toEqual([1, 2]);
  });

  it('never jumps where the middle of the interval lies on the edge of two seconds', () => {
    expect(seconds(10_000, [11_551, 12_549, 13_552, 14_548])).toEqual([1, 2, 3, 4]);
  });

  it('is never before the plan, though the first export began before it', () => {
    expect(seconds(10_000, [10_300, 11_300, 12_300])).toEqual([0, 0, 1]);
  });

  it('counts from the start, however long k6 took to get ready and exported meanwhile', () => {
    expect(seconds(10_000, [3_000, 4_000, 9_000, 10_000, 11_000, 12_000])).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it('puts the short export at the end with the second that it ends', () => {
    expect(seconds(10_000, [11_000, 12_000, 13_000, 13_040])).toEqual([0, 1, 2, 2]);
  });

  it('leaves a gap where an export is missing', () => {
    expect(seconds(10_000, [11_000, 13_001])).toEqual([0, 2]);
  });
});

describe('how much later an export’s second begins than the plan’s', () => {
  const offset = (startedAtMs: number, firstEndMs: number) => {
    const clock = new PlanClock();
    clock.start(startedAtMs);
    clock.secondOfExport(firstEndMs);
    return clock.exportOffsetSeconds;
  };

  it('is known from the first export', () => {
    expect(offset(10_000, 11_050)).toBe(0);
    expect(offset(10_000, 11_350)).toBeCloseTo(0.3, 9);
    expect(offset(10_000, 10_800)).toBeCloseTo(-0.25, 9);
  });

  it('is the same where k6 exported long before it began', () => {
    expect(offset(10_000, 3_350)).toBeCloseTo(0.3, 9);
  });

  it('is none before there was an export', () => {
    expect(new PlanClock().exportOffsetSeconds).toBe(0);
  });
});

describe('second 0', () => {
  it('is told once', () => {
    const clock = new PlanClock();
    clock.start(10_000);
    clock.start(9_000);
    expect(clock.startedAtMs).toBe(10_000);
    expect(clock.secondOfEvent(11_999)).toBe(1);
    expect(clock.secondOfEvent(9_999)).toBe(-1);
  });
});
