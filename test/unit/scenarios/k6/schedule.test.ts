import { describe, expect, it } from 'vitest';
import type { Phase, PlannedScenario } from '../../../../profiles/types.ts';
import { executorOf, phaseAt } from '../../../../scenarios/k6/schedule.ts';

const scenario: PlannedScenario = {
  name: 'checkout',
  kind: 'journey',
  arrival: [
    { second: 0, ratePerSecond: 0.084 },
    { second: 10, ratePerSecond: 0.084 },
    { second: 10, ratePerSecond: 0.672 },
    { second: 12.5, ratePerSecond: 0.84 },
  ],
  vus: 12,
  traffic: {
    kind: 'journey',
    description: '',
    iterationsPerSecondAt1x: 8.4,
    shape: 'proportional',
    thinkSeconds: 2,
    expectedLatencyMs: 60,
    actions: {},
  },
  requestsPerIteration: {},
};

describe('executorOf', () => {
  it('turns arrival points into an open-model executor, steps into stages of no duration', () => {
    expect(executorOf(scenario, 'run')).toEqual({
      executor: 'ramping-arrival-rate',
      exec: 'run',
      startRate: 8400,
      timeUnit: '100000s',
      stages: [
        { target: 8400, duration: '10000ms' },
        { target: 67_200, duration: '0ms' },
        { target: 84_000, duration: '2500ms' },
        { target: 0, duration: '0ms' },
        { target: 0, duration: '200ms' },
      ],
      preAllocatedVUs: 12,
      maxVUs: 12,
      gracefulStop: '3s',
    });
  });

  it('refuses a scenario without a rate', () => {
    expect(() => executorOf({ ...scenario, arrival: [] }, 'run')).toThrow('checkout');
  });
});

describe('phaseAt', () => {
  const phase = (name: string, startSecond: number, endSecond: number): Phase => ({
    name,
    kind: 'hold',
    startSecond,
    endSecond,
    fromMultiplier: 1,
    toMultiplier: 1,
    role: 'judged',
  });
  const phases = [phase('warm-up', 0, 5), phase('plateau', 5, 20), phase('peak', 20, 30)];

  it.each([
    [-3, 'warm-up'],
    [0, 'warm-up'],
    [4999.9, 'warm-up'],
    [5000, 'plateau'],
    [20_000, 'peak'],
    [33_000, 'peak'],
  ])('%f ms after the start is in %s', (elapsedMs, name) => {
    expect(phaseAt(phases, elapsedMs).name).toBe(name);
  });

  it('tells how long the answer holds', () => {
    expect(phaseAt(phases, 6000)).toEqual({ name: 'plateau', startMs: 5000, endMs: 20_000 });
    expect(phaseAt(phases, 31_000).endMs).toBe(Number.POSITIVE_INFINITY);
  });
});
