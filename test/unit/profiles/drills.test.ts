import { describe, expect, it } from 'vitest';
import suite from '../../../peakproof.config.ts';
import { faultKinds } from '../../../profiles/faults.ts';
import { makePlan } from '../../../profiles/plan.ts';
import type { LoadPlan } from '../../../profiles/types.ts';

function planOf(name: string, durationSeconds?: number): LoadPlan {
  const profile = suite.profiles.find((candidate) => candidate.name === name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  return makePlan({
    suiteName: suite.name,
    catalog: suite.catalog,
    traffic: suite.traffic,
    profile,
    environment: { name: 'sandbox', scale: 0.01, baseUrls: {} },
    seed: 1,
    limits: { limitsMs: {}, journeyLimitsMs: {} },
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
  });
}

/** Seconds from the end of each fault to the start of the next, the last one's to the end of the plan. */
function pausesOf({ faults = [], durationSeconds }: LoadPlan): number[] {
  const starts = [...faults.slice(1).map(({ startSecond }) => startSecond), durationSeconds];
  return faults.map(({ endSecond }, index) => (starts[index] ?? 0) - endSecond);
}

describe('the profile recovery', () => {
  const plan = planOf('recovery');

  it('drills six services in six ways at the peak, each with time to recover, within five minutes', () => {
    const faults = plan.faults ?? [];
    expect(new Set(faults.map(({ service }) => service)).size).toBe(6);
    expect(new Set(faults.map(({ kind }) => kind)).size).toBe(6);
    const peak = plan.phases.find(({ toMultiplier, kind }) => kind === 'hold' && toMultiplier === 10);
    for (const { startSecond } of faults) expect(startSecond).toBeGreaterThan(peak?.startSecond ?? 0);
    expect(Math.min(...pausesOf(plan))).toBeGreaterThanOrEqual(20);
    expect(plan.durationSeconds).toBeLessThanOrEqual(300);
  });

  it('can be made short', () => {
    const short = planOf('recovery', 60);
    expect(short.faults).toHaveLength(6);
    expect(short.faults?.at(-1)?.endSecond).toBeLessThan(60);
  });
});

describe('the profile blast-radius', () => {
  const plan = planOf('blast-radius');

  it('takes each service of the catalog away once, for eight probes, with a pause', () => {
    expect(plan.faults?.map(({ service }) => service)).toEqual(Object.keys(suite.catalog));
    expect(plan.faults?.every(({ kind }) => kind === 'crash')).toBe(true);
    for (const { startSecond, endSecond } of plan.faults ?? []) {
      expect(endSecond - startSecond).toBeGreaterThanOrEqual(8);
    }
    expect(Math.min(...pausesOf(plan))).toBeGreaterThanOrEqual(10);
  });
});

it('the profile failover takes a zone with all that holds orders away at once, and loses nothing of them', () => {
  const { faults = [], faultsMayOverlap, durationSeconds } = planOf('failover');
  expect(faultsMayOverlap).toBe(true);
  expect(new Set(faults.map(({ startSecond }) => startSecond)).size).toBe(1);
  expect(faults.map(({ service }) => service)).toContain('order');
  for (const { kind, parameters } of faults) expect([kind, parameters.lagMs]).toEqual(['zone-loss', 0]);
  expect(durationSeconds - (faults[0]?.endSecond ?? 0)).toBeGreaterThanOrEqual(20);
});

it('the profile deploy rolls out what works and what does not, with calm between', () => {
  const plan = planOf('deploy');
  expect(plan.faults?.map(({ kind, service }) => [kind, service])).toEqual([
    ['rolling-deploy', 'catalog'],
    ['rolling-deploy', 'catalog'],
    ['rolling-deploy', 'catalog'],
    ['bad-deploy', 'catalog'],
    ['bad-deploy', 'catalog'],
    ['flag-rollout', 'feature-flags'],
  ]);
  expect(plan.faults?.map(({ parameters }) => parameters.abortAfterFailures)).toEqual([
    ...[undefined, undefined, undefined, 20, 0, undefined],
  ]);
  expect(Math.min(...pausesOf(plan))).toBeGreaterThanOrEqual(10);
});

it('black-friday has two faults within its peak, each with time to recover', () => {
  const { faults = [], phases } = planOf('black-friday');
  const peak = phases.find(({ name }) => name === 'peak');
  expect(faults.map(({ service }) => service)).toEqual(['recommendation', 'payment']);
  for (const { startSecond, endSecond } of faults) {
    expect(startSecond).toBeGreaterThan(peak?.startSecond ?? 0);
    expect(endSecond + 10).toBeLessThan(peak?.endSecond ?? 0);
  }
  expect(Math.min(...pausesOf(planOf('black-friday')))).toBeGreaterThanOrEqual(15);
});

it('every kind of fault says what happens, with parameters whose names have their unit', () => {
  for (const [kind, { description, parameters }] of Object.entries(faultKinds)) {
    expect(description, kind).not.toBe('');
    for (const name of Object.keys(parameters))
      expect(name).toMatch(/Ms$|Seconds$|PerSecond$|Failures$|[sS]hare$/);
  }
});
