import { describe, expect, it } from 'vitest';
import { capacityOf, kneeStep, nextConnections } from '../../../../slo/profile/capacity.ts';
import type { CapacityStep } from '../../../../slo/profile/types.ts';

const step = (connections: number, perSecond: number, reach = 1, generatorBusyShare = 0.2): CapacityStep => ({
  connections,
  perSecond: { value: perSecond, low: perSecond - reach, high: perSecond + reach },
  blocks: [],
  latencyMs: { p50: 1, p99: 1, max: 1 },
  failedShare: 0,
  generatorBusyShare,
});
const stepsOf = (...throughputs: readonly number[]) =>
  throughputs.map((value, index) => step(2 ** index, value));

describe('nextConnections', () => {
  it('begins with one and doubles while throughput grows', () => {
    expect(nextConnections([])).toBe(1);
    expect(nextConnections(stepsOf(100))).toBe(2);
    expect(nextConnections(stepsOf(100, 190, 350, 600, 1000))).toBe(32);
  });

  it('gives a flat step a second chance, then stops', () => {
    expect(nextConnections(stepsOf(100, 190, 350, 600, 601))).toBe(32);
    expect(nextConnections(stepsOf(100, 190, 350, 600, 601, 590))).toBeUndefined();
  });

  it('takes steps enough for the law, however early throughput is flat', () => {
    expect(nextConnections(stepsOf(100, 100, 100))).toBe(8);
    expect(nextConnections(stepsOf(100, 100, 100, 100, 100))).toBeUndefined();
  });

  it('does not take noise for growth', () => {
    const steps = [...stepsOf(100, 190, 350), step(8, 380, 60), step(16, 385, 60)];
    expect(nextConnections(steps)).toBeUndefined();
  });

  it('ends at 512 connections', () => {
    expect(nextConnections(Array.from({ length: 10 }, (_, i) => step(2 ** i, 100 * 2 ** i)))).toBeUndefined();
  });
});

describe('capacityOf', () => {
  it('chooses the fewest connections near the best, and puts the knee where waiting begins', () => {
    const steps = stepsOf(100, 200, 390, 400, 398);
    const knee = kneeStep(steps);
    expect(knee?.connections).toBe(4);
    expect(capacityOf(steps, step(4, 300))).toMatchObject({ kneeConnections: 3, isLowerBound: false });
  });

  it('takes no step for throughput in which requests fail', () => {
    const grown = stepsOf(100, 190, 350);
    const refusing = { ...step(8, 9000), failedShare: 0.9 };
    expect(kneeStep([...grown, refusing])?.perSecond.value).toBe(350);
    expect(kneeStep([refusing])).toBeUndefined();
    const confirmed = step(4, 350);
    const { usl, steps } = capacityOf([...grown, refusing], confirmed);
    expect(usl).toEqual(capacityOf(grown, confirmed).usl);
    expect(usl?.lambda.value).toBeCloseTo(100, 0);
    expect(steps).toHaveLength(4);
  });

  it('says that a generator that was busy all the time proves a lower bound only', () => {
    expect(capacityOf(stepsOf(1, 2, 3), step(2, 10, 1, 0.97)).isLowerBound).toBe(true);
  });
});
