import { describe, expect, it } from 'vitest';
import { expectedRequests, plannedRequestsPerSecond, rateAt } from '../../../profiles/arrival.ts';
import { blackFriday } from '../../../profiles/black-friday.ts';
import { breakpoint } from '../../../profiles/breakpoint.ts';
import { profiles } from '../../../profiles/index.ts';
import { makePlan, servicesOf } from '../../../profiles/plan.ts';
import { smoke } from '../../../profiles/smoke.ts';
import type { PlanInput } from '../../../profiles/types.ts';
import { catalog } from '../../../scenarios/catalog.ts';
import { PeakproofError } from '../../../scenarios/problem.ts';
import { traffic } from '../../../scenarios/traffic.ts';

const input: PlanInput = {
  suiteName: 'retailpulse',
  catalog,
  traffic,
  profile: blackFriday,
  environment: { name: 'test', scale: 0.01, baseUrls: {} },
  seed: 1,
  limits: {
    limitsMs: { 'payment.authorize': [800, 2000], 'order.get': [300, 2000] },
    journeyLimitsMs: { checkout: [2000] },
  },
};

const causes = (change: Partial<PlanInput>): string[] => {
  try {
    makePlan({ ...input, ...change });
    return [];
  } catch (error) {
    if (error instanceof PeakproofError) return error.problems.map((problem) => problem.cause);
    throw error;
  }
};

describe('the black-friday plan', () => {
  const plan = makePlan(input);

  it('lasts 165 seconds and its phases follow each other without a gap', () => {
    expect(plan.durationSeconds).toBe(165);
    expect(plan.phases.map((phase) => phase.startSecond).slice(1)).toEqual(
      plan.phases.map((phase) => phase.endSecond).slice(0, -1),
    );
  });

  it('sends about 310 requests a second at the 10x peak of a target of scale 0.01', () => {
    const peak = plan.phases.find((phase) => phase.name === 'peak');
    expect(peak?.toMultiplier).toBe(10);
    const rate = plannedRequestsPerSecond(plan, (peak?.startSecond ?? 0) + 20);
    expect(rate).toBeGreaterThan(305);
    expect(rate).toBeLessThan(325);
  });

  it('does not judge the warm-up, and judges everything else', () => {
    expect(plan.phases.filter((phase) => phase.role !== 'judged').map((phase) => phase.name)).toEqual([
      'warmup',
    ]);
  });

  it('raises the login storm in the doorbuster phase only', () => {
    const auth = plan.scenarios.find((scenario) => scenario.name === 'auth');
    const before = rateAt(auth?.arrival ?? [], 19.9999);
    const inside = rateAt(auth?.arrival ?? [], 25);
    expect(inside / before).toBeCloseTo(2, 2);
  });

  it('lets call-backs follow the orders three seconds later', () => {
    const arrivals = (name: string) =>
      plan.scenarios.find((scenario) => scenario.name === name)?.arrival ?? [];
    const base = (name: keyof typeof traffic) => traffic[name].iterationsPerSecondAt1x;
    expect(rateAt(arrivals('webhooks'), 23.5) / base('webhooks')).toBeCloseTo(
      rateAt(arrivals('search'), 20.5) / base('search'),
      9,
    );
  });

  it('expects as many requests per phase as the arrival curve holds', () => {
    const total = expectedRequests(plan)
      .filter((row) => row.phase === 'peak')
      .reduce((sum, row) => sum + row.count, 0);
    let sampled = 0;
    for (let second = 90; second < 145; second += 0.01)
      sampled += plannedRequestsPerSecond(plan, second) * 0.01;
    expect(Math.abs(total - sampled) / total).toBeLessThan(0.001);
  });
});

describe('--load', () => {
  const highest = (load: number, profile = blackFriday) =>
    Math.max(...makePlan({ ...input, profile, load }).phases.map((phase) => phase.toMultiplier));

  it('moves the peak and leaves 1x at 1x', () => {
    const plan = makePlan({ ...input, load: 4 });
    expect(highest(4)).toBe(4);
    expect(plan.phases.find((phase) => phase.name === 'night')?.toMultiplier).toBe(1);
  });

  it('raises a steady profile as a whole', () => expect(highest(7, smoke)).toBe(7));
});

describe('--duration', () => {
  it('stretches every phase but the warm-up', () => {
    const plan = makePlan({ ...input, durationSeconds: 325 });
    expect(plan.durationSeconds).toBeCloseTo(325, 9);
    expect(plan.phases[0]?.endSecond).toBe(5);
    expect(plan.phases[1]?.endSecond).toBeCloseTo(29, 9);
  });
});

describe('--service and --journey', () => {
  it('plans the own traffic of the named service alone', () => {
    const plan = makePlan({ ...input, services: ['payment'] });
    expect(plan.scenarios.map((scenario) => scenario.name)).toEqual(['payment']);
    expect([...servicesOf(plan)]).toEqual(['payment']);
    expect(plan.limitsMs).toEqual({ 'payment.authorize': [800, 2000] });
    expect(plan.selected).toBe(true);
  });

  it('plans services and journeys together', () => {
    const plan = makePlan({ ...input, services: ['auth'], journeys: ['checkout'] });
    expect(plan.scenarios.map((scenario) => scenario.name).sort()).toEqual(['auth', 'checkout']);
    expect(plan.journeyLimitsMs).toEqual({ checkout: [2000] });
  });
});

describe('a bad combination', () => {
  it('is reported whole', () => {
    const all = causes({ load: 11, durationSeconds: 1, services: ['paymnt'], journeys: ['chekout'] });
    expect(all).toHaveLength(4);
    expect(all.join('\n')).toMatch(/11.*\n.*1s.*\n.*paymnt.*\n.*chekout/);
  });

  it('refuses --load where the profile raises the load itself', () => {
    expect(causes({ profile: breakpoint, load: 5 })[0]).toMatch(/breakpoint/);
  });

  it('refuses a scale outside 0 to 1', () => {
    expect(causes({ environment: { ...input.environment, scale: 0 } })).toHaveLength(1);
  });
});

describe('VUs', () => {
  it('cover the peak rate times the iteration time with head-room for a one-second stall', () => {
    const plan = makePlan(input);
    const catalogScenario = plan.scenarios.find((scenario) => scenario.name === 'catalog');
    // 23 iterations/s at the peak, 60 ms each with head-room, and a second of stall.
    expect(catalogScenario?.vus).toBe(Math.ceil(23 * (0.06 * 1.5 + 1)) + 1);
  });
});

it('every profile makes a plan without empty phases', () => {
  for (const profile of profiles) {
    const plan = makePlan({ ...input, profile });
    expect(plan.phases.every((phase) => phase.endSecond > phase.startSecond)).toBe(true);
  }
});

it('phases beyond ten times the normal load show how far it goes, and judge nothing', () => {
  const { phases } = makePlan({ ...input, profile: breakpoint });
  const roles = phases.map((phase) => [phase.toMultiplier, phase.role] as const);
  expect(roles.every(([multiplier, role]) => (role === 'beyond') === multiplier > 10)).toBe(true);
  expect(roles.some(([, role]) => role === 'beyond')).toBe(true);
});

describe('a run that may end early', () => {
  const early = { whenDecided: true, atFailure: false };

  it('extends the last hold phase, and ends with it', () => {
    const plan = makePlan({ ...input, early, untilSeconds: 600 });
    expect(plan).toMatchObject({ durationSeconds: 600, early });
    expect(plan.phases.at(-1)).toMatchObject({ name: 'peak', kind: 'hold', endSecond: 600 });
    expect(plan.scenarios.every(({ arrival }) => arrival.at(-1)?.second === 600)).toBe(true);
  });

  it('is refused where it cannot be', () => {
    expect(causes({ early, untilSeconds: 10, profile: smoke })).toEqual([
      '--until-decided 10s is outside 20s to 24h for --profile smoke',
    ]);
    expect(causes({ early, untilSeconds: 600, durationSeconds: 300 })).toEqual([
      '--until-decided and --duration both set the length',
    ]);
    expect(causes({ early, profile: breakpoint })).toHaveLength(1);
  });
});

describe('browsers beside the load', () => {
  const browsersOf = (change: Partial<PlanInput>) => makePlan({ ...input, ...change }).browsers;

  it('are as many as the profile says, and none beside a part of the traffic or where nobody wants them', () => {
    expect(browsersOf({})).toBe(1);
    expect(browsersOf({ services: ['payment'] })).toBeUndefined();
    expect(browsersOf({ withoutBrowsers: true })).toBeUndefined();
    expect(browsersOf({ profile: breakpoint })).toBeUndefined();
  });
});
