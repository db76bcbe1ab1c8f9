import { describe, expect, test } from 'vitest';
import { iterationsBetween, rateAt } from '../../../profiles/arrival.ts';
import { interleave, turnsOf } from '../../../profiles/interleave.ts';
import { executorOf } from '../../../scenarios/k6/schedule.ts';
import { plan } from '../slo/fixtures.ts';

const [baseline, candidate] = [interleave(plan, 'baseline'), interleave(plan, 'candidate')];

test('turns go A B B A after the warm-up, up to the end of the plan', () => {
  const seconds = (side: 'baseline' | 'candidate') =>
    turnsOf(plan, side).map(({ fromSecond, toSecond }) => [fromSecond, toSecond]);
  expect(seconds('baseline')).toEqual([
    [5, 11],
    [23, 29],
    [29, 35],
  ]);
  expect(seconds('candidate')).toEqual([
    [11, 17],
    [17, 23],
    [35, 40],
  ]);
});

describe.each(plan.scenarios.map(({ name }, index) => [name, index] as const))('%s', (_, index) => {
  const curve = ({ scenarios }: typeof plan) => scenarios[index]?.arrival ?? [];

  test('both sides warm up at the full rate', () => {
    for (const side of [baseline, candidate]) {
      expect(iterationsBetween(curve(side), 0, 5)).toBeCloseTo(iterationsBetween(curve(plan), 0, 5), 3);
    }
  });

  test('together they start what the plan says, and never both', () => {
    const sum = [baseline, candidate].map((side) => iterationsBetween(curve(side), 5, 40));
    expect((sum[0] ?? 0) + (sum[1] ?? 0)).toBeCloseTo(iterationsBetween(curve(plan), 5, 40), 2);
    for (let second = 5.5; second < 40; second++) {
      const rates = [baseline, candidate].map((side) => rateAt(curve(side), second)).sort((a, b) => a - b);
      expect(rates[0]).toBe(0);
      expect(rates[1]).toBeCloseTo(rateAt(curve(plan), second), 3);
    }
  });

  test('k6 is given stages that last as long as the plan', () => {
    const scenario = candidate.scenarios[index];
    if (scenario === undefined) throw new Error('no scenario');
    const { stages, startRate } = executorOf(scenario, 'run');
    const milliseconds = stages.reduce((sum, { duration }) => sum + Number.parseInt(duration, 10), 0);
    expect(milliseconds).toBe(40_200);
    expect(startRate).toBe(0);
  });
});
