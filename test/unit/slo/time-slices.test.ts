import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../slo/evaluate.ts';
import type { Objective } from '../../../slo/types.ts';
import { nothingMeasured, objective, plan, requestRows } from './fixtures.ts';

const budgeting = { method: 'timeslices', windowSeconds: 10, sliceTarget: 0.9 } as const;
const alert = {
  name: 'fast',
  severity: 'page',
  op: 'gt',
  threshold: 1,
  lookbackSeconds: [10],
  alertAfterSeconds: 0,
  whenBreaching: true,
  whenNoData: false,
} as const;

/** Judged are seconds 5 to 40: three slices. A fifth of all payments of the peak, from 20 on, fail. */
function verdictOf(changes: Partial<Objective>, peak: Readonly<Record<string, number>>) {
  const requests = [
    ...requestRows('till.pay', 'normal', { ok: 100 }),
    ...requestRows('till.pay', 'peak', peak),
  ];
  const [verdict] = evaluate({
    plan,
    objectives: [objective({ target: 0.5, budgeting, ...changes })],
    measurements: { ...nothingMeasured, requests },
    blocking: () => true,
  }).objectives;
  if (verdict === undefined) throw new Error('nothing was judged');
  return verdict;
}

describe('an objective that counts time slices', () => {
  test('says what no slice tells of', () => {
    expect(verdictOf({}, {}).reason).toMatch(/ 2 slices had no events\. The last 5 s are no whole slice\.$/);
    const whole = { ...budgeting, windowSeconds: 5 };
    expect(verdictOf({ budgeting: whole }, { ok: 400 }).reason).toMatch(/ 1 slice had no events\.$/);
  });

  test('burns its budget, and fires its alerts, by slices and not by requests', () => {
    const peak = { ok: 1600, error: 400 };
    expect(verdictOf({ alerts: [alert] }, peak)).toMatchObject({
      evidence: { total: 3, bad: 2 },
      burnRate: 4 / 3,
      alerts: [{ name: 'fast', firstFiringSecond: 24 }],
    });
  });

  test('does so too where several objectives make a slice', () => {
    const sli = { measure: 'requests', service: 'till', routes: ['till.pay'] } as const;
    const members = [{ displayName: 'till', target: 0.5, weight: 1, sli }];
    const verdict = verdictOf({ sli: { measure: 'composite', members } }, { error: 400 });
    expect(verdict).toMatchObject({ evidence: { total: 3, bad: 2 }, budgetSpentShare: 4 / 3 });
  });
});
