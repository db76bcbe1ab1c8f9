import { describe, expect, it } from 'vitest';
import { demandOf } from '../../../../slo/profile/demand.ts';
import { heapFacts, looksLikeLeak } from '../../../../slo/profile/heap.ts';
import { costRun, lesserRates, rateRunOf, steadyRun, usualRates } from '../../../../slo/profile/rates.ts';
import type { RateRun } from '../../../../slo/profile/types.ts';

describe('heapFacts', () => {
  const pointsOf = (bytesPerRequest: number) =>
    Array.from({ length: 9 }, (_, index) => ({
      requests: index * 1000,
      // What compiles in the beginning is no leak; neither is noise.
      usedBytes: 2e7 + (index < 2 ? 0 : 5e6) + index * 1000 * bytesPerRequest + (index % 2) * 2e4,
    }));

  it('finds a leak of 2 kB a request within 15 %', () => {
    const facts = heapFacts(pointsOf(2048));
    expect(Math.abs((facts.bytesPerRequest?.value ?? 0) / 2048 - 1)).toBeLessThan(0.15);
    expect(looksLikeLeak(facts)).toBe(true);
  });

  it('sees none where there is none', () => {
    expect(looksLikeLeak(heapFacts(pointsOf(0)))).toBe(false);
  });

  it('says nothing from a few points', () => {
    expect(heapFacts(pointsOf(2048).slice(0, 6)).bytesPerRequest).toBeUndefined();
  });
});

describe('rateRunOf', () => {
  const histogram = {
    scale: 5,
    count: 600,
    zeroCount: 0,
    sum: 6000,
    min: 10,
    max: 10,
    offset: 106,
    buckets: [600],
  };
  const measured = {
    histogram,
    seconds: 6,
    requests: 600,
    failed: 0,
    dropped: 0,
    arrivedShare: 1,
    machineBusyShare: 0.5,
    isComplete: true,
    isUncorrected: false,
  };
  const caveats = (change: Partial<typeof measured>) =>
    rateRunOf({ ratePerSecond: 100 }, { ...measured, ...change }).caveats;

  it('tells latency with its interval', () => {
    const run = rateRunOf({ ratePerSecond: 100, share: 0.5 }, measured);
    expect(run).toMatchObject({ share: 0.5, achievedPerSecond: 100, caveats: [] });
    expect(run.latencyMs.p99).toMatchObject({ value: 10, low: 10, high: 10 });
  });

  it('says what limits its word', () => {
    expect(caveats({ machineBusyShare: 0.96 })).toEqual(['generator-saturated']);
    expect(caveats({ arrivedShare: 0.9 })).toEqual(['generator-saturated']);
    expect(caveats({ dropped: 3 })).toEqual(['arrivals-dropped']);
    expect(caveats({ isComplete: false })).toEqual(['incomplete']);
    expect(caveats({ isUncorrected: true })).toEqual(['uncorrected']);
  });
});

describe('rates to take', () => {
  const step = {
    connections: 4,
    blocks: [],
    latencyMs: { p50: 1, p99: 1, max: 1 },
    failedShare: 0,
    generatorBusyShare: 0,
    perSecond: { value: 1000 },
  };
  const capacity = { steps: [], confirmed: step, isLowerBound: false, kneeConnections: 3 };
  const runAt = (
    ratePerSecond: number,
    achievedPerSecond = ratePerSecond,
    caveats: RateRun['caveats'] = [],
  ) => ({ ratePerSecond, achievedPerSecond, caveats }) as RateRun;

  it('are shares of the capacity', () => {
    expect(usualRates(capacity).map(({ ratePerSecond }) => ratePerSecond)).toEqual([250, 500, 750, 900]);
  });

  it('are what the generator can send, if that is less than the first of them', () => {
    expect(lesserRates(capacity, runAt(250))).toBeUndefined();
    expect(lesserRates(capacity, runAt(250, 100))?.map(({ ratePerSecond }) => ratePerSecond)).toEqual([
      25, 60,
    ]);
  });

  it('have a steady one: the busiest up to 75 % that can be trusted', () => {
    expect(
      steadyRun(
        [250, 500, 750, 900].map((rate) => runAt(rate)),
        capacity,
      )?.ratePerSecond,
    ).toBe(750);
    const dropped = runAt(750, 700, ['arrivals-dropped']);
    expect(steadyRun([runAt(500), dropped], capacity)?.ratePerSecond).toBe(500);
    expect(steadyRun([dropped, runAt(900)], capacity)?.ratePerSecond).toBe(750);
    expect(steadyRun([runAt(900), runAt(950)], capacity)?.ratePerSecond).toBe(950);
  });
});

it('costRun is the last run on a machine that was not saturated, if there is one', () => {
  const saturated = { cores: { value: 2 }, caveats: ['generator-saturated'] } as unknown as RateRun;
  const sound = { cores: { value: 1 }, caveats: [] } as unknown as RateRun;
  const untold = { caveats: [] } as unknown as RateRun;
  expect(costRun([sound, saturated, untold])).toBe(sound);
  expect(costRun([saturated])).toBe(saturated);
  expect(costRun([untold])).toBeUndefined();
});

it('demandOf divides the peak by what a replica does when it is 70 % busy', () => {
  const step = {
    connections: 4,
    blocks: [],
    latencyMs: { p50: 1, p99: 1, max: 1 },
    failedShare: 0,
    generatorBusyShare: 0,
  };
  const confirmed = { ...step, perSecond: { value: 100, low: 80, high: 120 } };
  const capacity = { steps: [], confirmed, isLowerBound: false, kneeConnections: 3 };
  const demand = demandOf(capacity, { ratePerSecond: 490, multiplier: 10, source: 'x' });
  expect(demand).toMatchObject({ replicas: 7, replicasAtMost: 9, utilisation: 0.7 });
});
