import { describe, expect, it } from 'vitest';
import type { FaultSpec } from '../../../profiles/faults.ts';
import { makePlan } from '../../../profiles/plan.ts';
import type { PlanInput, Profile } from '../../../profiles/types.ts';
import { PeakproofError } from '../../../scenarios/problem.ts';
import { suite } from '../runner/suite-fixture.ts';

const crash: FaultSpec = { atSeconds: 20, forSeconds: 10, service: 'payment', kind: 'crash' };

const profile: Profile = {
  name: 'drill',
  description: 'breaks payment',
  phases: [
    { name: 'warmup', kind: 'hold', seconds: 5, multiplier: 1 },
    { name: 'calm', kind: 'hold', seconds: 10, multiplier: 1 },
    { name: 'peak', kind: 'hold', seconds: 30, multiplier: 10 },
  ],
  faults: [crash],
};

function inputWith(changes: Partial<Profile>, others: Partial<PlanInput> = {}): PlanInput {
  return {
    suiteName: suite.name,
    catalog: suite.catalog,
    traffic: suite.traffic,
    profile: { ...profile, ...changes },
    environment: { name: 'street', scale: 1, baseUrls: {} },
    seed: 1,
    limits: { limitsMs: {}, journeyLimitsMs: {} },
    ...others,
  };
}

function causesOf(changes: Partial<Profile>, others: Partial<PlanInput> = {}): string[] {
  try {
    makePlan(inputWith(changes, others));
    return [];
  } catch (error) {
    if (!(error instanceof PeakproofError)) throw error;
    return error.problems.map(({ code, cause }) => `${code}: ${cause}`);
  }
}

describe('planned faults', () => {
  it('have ids of their own, and every parameter of their kind', () => {
    const faults: FaultSpec[] = [
      crash,
      { ...crash, atSeconds: 32, forSeconds: 2 },
      { atSeconds: 36, forSeconds: 2, service: 'order', kind: 'latency', parameters: { latencyMs: 300 } },
    ];
    expect(makePlan(inputWith({ faults })).faults).toEqual([
      {
        id: 'payment-crash',
        service: 'payment',
        kind: 'crash',
        startSecond: 20,
        endSecond: 30,
        parameters: {},
      },
      {
        id: 'payment-crash-2',
        service: 'payment',
        kind: 'crash',
        startSecond: 32,
        endSecond: 34,
        parameters: {},
      },
      {
        id: 'order-latency',
        service: 'order',
        kind: 'latency',
        startSecond: 36,
        endSecond: 38,
        parameters: { latencyMs: 300, jitterMs: 0 },
      },
    ]);
  });

  it('stretch with the phases around them, and not with the warm-up', () => {
    // 40 s after the warm-up become 20 s: second 20, 15 s after it, becomes 5 + 7.5.
    const plan = makePlan(inputWith({}, { durationSeconds: 25 }));
    expect(plan.faults).toMatchObject([{ startSecond: 12.5, endSecond: 17.5 }]);
    const untilEnd = { ...crash, atSeconds: 40, forSeconds: 5 };
    const short = makePlan(inputWith({ faults: [untilEnd] }, { durationSeconds: 25 }));
    expect(short.faults).toMatchObject([{ startSecond: 22.5, endSecond: 25 }]);
  });

  it('keep their seconds where the last phase is extended', () => {
    const plan = makePlan(inputWith({}, { untilSeconds: 100 }));
    expect(plan.faults).toMatchObject([{ startSecond: 20, endSecond: 30 }]);
  });

  it('are absent from a plan without any', () => {
    expect(makePlan(inputWith({ faults: [] }))).not.toHaveProperty('faults');
  });

  it('are refused with everything wrong at once', () => {
    const faults = [
      { ...crash, service: 'paymnet' },
      { ...crash, atSeconds: 31, forSeconds: 1, kind: 'crush' as 'crash' },
      { ...crash, atSeconds: 33, forSeconds: 1, kind: 'errors' as const, parameters: { shar: 1 } },
      { ...crash, atSeconds: 35, forSeconds: 1, kind: 'errors' as const, parameters: { share: 1.5 } },
      { ...crash, atSeconds: 40, forSeconds: 60 },
      { ...crash, atSeconds: 1, forSeconds: 1 },
      { ...crash, atSeconds: 38, forSeconds: 0 },
    ];
    expect(causesOf({ faults })).toEqual([
      'UNKNOWN_SERVICE: there is no service "paymnet" to break',
      'INVALID_FAULT: there is no kind of fault "crush"',
      'INVALID_FAULT: payment-errors: there is no parameter "shar"',
      'INVALID_FAULT: payment-errors: share 1.5 is outside 0 to 1',
      'INVALID_FAULT: payment-crash (40 s to 100 s) is outside of the plan',
      'INVALID_FAULT: payment-crash-2 (1 s to 2 s) is outside of the plan',
      'INVALID_FAULT: payment-crash-3 lasts no time: 38 s to 38 s',
    ]);
  });

  it('are refused where they overlap, unless the profile allows it', () => {
    const faults = [crash, { ...crash, atSeconds: 25, service: 'order' }];
    expect(causesOf({ faults })).toEqual(['INVALID_FAULT: order-crash begins while payment-crash lasts']);
    expect(makePlan(inputWith({ faults, faultsMayOverlap: true })).faultsMayOverlap).toBe(true);
    const oneAfterTheOther = [crash, { ...crash, atSeconds: 30, service: 'order' }];
    expect(causesOf({ faults: oneAfterTheOther })).toEqual([]);
  });

  it('are refused in a profile that ends where objectives fail', () => {
    expect(causesOf({ stopAtFailure: true })).toEqual([
      'INVALID_FAULT: profile drill both injects faults and ends where objectives fail',
    ]);
  });

  it('do not hide that the length is wrong', () => {
    expect(causesOf({}, { durationSeconds: 2 })).toEqual([
      'INVALID_OPTION: --duration 2s is outside 8s to 24h for --profile drill',
    ]);
  });
});

describe('abort conditions', () => {
  it('are in the plan, and a failed objective is looked for as with --fail-fast', () => {
    const abort = { errorShare: { above: 0.5, overSeconds: 5 }, atFailure: true };
    const plan = makePlan(inputWith({ abort }, { early: { whenDecided: true, atFailure: false } }));
    expect(plan).toMatchObject({ abort, early: { whenDecided: true, atFailure: true } });
    expect(makePlan(inputWith({})).early).toBeUndefined();
  });

  it('must be possible', () => {
    const abort = { errorShare: { above: 50, overSeconds: 5 } };
    expect(causesOf({ abort })).toEqual([
      'INVALID_FAULT: profile drill aborts above an error share of 50 over 5 s',
    ]);
  });
});
