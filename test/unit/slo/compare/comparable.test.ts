import { expect, test } from 'vitest';
import { interleave } from '../../../../profiles/interleave.ts';
import { comparability, planDifferences } from '../../../../slo/compare/comparable.ts';
import type { ComparedRun } from '../../../../slo/compare/types.ts';
import { plannedFault } from '../../../fixtures/faults/driver.ts';
import { planFor, runOf } from './runs.ts';

const run = runOf({ seed: 1, seconds: 20, ratePerSecond: 1 });
const plan = planFor(20);

test('equal runs are comparable', () => {
  expect(comparability(run, run)).toEqual({ refusals: [], flags: [] });
});

test.each([
  ['suite', { ...plan, suite: 'cinema' }],
  ['profile', { ...plan, profile: 'ramp' }],
  ['scale', { ...plan, environment: { ...plan.environment, scale: 0.01 } }],
  ['load', planFor(30)],
  ['faults', { ...plan, faults: [plannedFault('kiosk-errors', 1, 2)] }],
  ['scenarios', { ...plan, scenarios: plan.scenarios.slice(1) }],
])('another %s is refused before any load', (what, other) => {
  expect(planDifferences(plan, other)).toEqual([expect.stringContaining(`the ${what}`)]);
});

test('every reason is told at once', () => {
  expect(planDifferences(plan, { ...planFor(30), suite: 'cinema', profile: 'ramp' })).toHaveLength(3);
});

test('a scenario that does something else is named', () => {
  const [first, ...others] = plan.scenarios;
  if (first === undefined) throw new Error('no scenario');
  const changed = { ...first, traffic: { ...first.traffic, thinkSeconds: 3 } };
  expect(planDifferences(plan, { ...plan, scenarios: [changed, ...others] })).toEqual([
    'the scenarios are not the same: front',
  ]);
});

test('files of the scenarios are held against each other where both runs kept their checksums', () => {
  const base = { ...run, scenarioFiles: { 'script.ts': 'a', 'pay.ts': 'b' } };
  const candidate = { ...run, scenarioFiles: { 'script.ts': 'a', 'pay.ts': 'c' } };
  expect(comparability(base, candidate).refusals).toEqual(['the scenario files are not the same: pay.ts']);
  expect(comparability(run, candidate).refusals).toEqual([]);
});

test('a saturated generator is refused, on either side', () => {
  const busy = Array.from({ length: 10 }, (_, i) => ({ second: 6 + i, machineBusyShare: 1 }));
  const saturated: ComparedRun = { ...run, measurements: { ...run.measurements, generator: busy } };
  expect(comparability(saturated, run).refusals).toEqual([
    expect.stringContaining('the baseline is no evidence'),
  ]);
  expect(comparability(run, saturated).refusals).toEqual([
    expect.stringContaining('the candidate is no evidence'),
  ]);
});

test('a machine that both sides met in turns is flagged, not refused; sides that began apart too', () => {
  const busy = Array.from({ length: 10 }, (_, i) => ({ second: 6 + i, machineBusyShare: 1 }));
  const side = (name: 'baseline' | 'candidate', startedAtMs: number): ComparedRun => ({
    ...run,
    plan: interleave(plan, name),
    measurements: { ...run.measurements, generator: busy, startedAtMs },
  });
  const { refusals, flags } = comparability(side('baseline', 0), side('candidate', 2500));
  expect(refusals).toEqual([]);
  expect(flags).toEqual([
    'the two sides began 2.5 s apart, so that their turns overlapped',
    "in both sides' turns the machine was at least 95 % busy for 10 seconds in a row",
  ]);
  expect(planDifferences(plan, interleave(plan, 'candidate'))).toEqual([
    'one of the runs took turns with another system',
  ]);
});

test('what leaves a comparison meaningful is flagged', () => {
  const other: ComparedRun = {
    ...run,
    plan: { ...plan, seed: 2, environment: { ...plan.environment, name: 'staging' } },
    toolVersions: { k6: '2.3.0' },
    host: 'another machine',
    measurements: { ...run.measurements, partial: ['interrupted after 12 s'] },
  };
  const { refusals, flags } = comparability(run, other);
  expect(refusals).toEqual([]);
  expect(flags).toEqual([
    expect.stringContaining('seed'),
    expect.stringContaining('target'),
    expect.stringContaining('machine'),
    expect.stringContaining('tools'),
    'the candidate is partial: interrupted after 12 s',
  ]);
});
