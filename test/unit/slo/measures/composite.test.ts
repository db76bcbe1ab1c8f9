import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../slo/evaluate.ts';
import { badShareAtLeast, badShareAtMost } from '../../../../slo/statistics/binomial.ts';
import type { CompositeMember } from '../../../../slo/types.ts';
import { nothingMeasured, objective, plan, requestRows } from '../fixtures.ts';

const paying: CompositeMember = {
  displayName: 'Paying',
  target: 0.99,
  weight: 1,
  sli: { measure: 'requests', service: 'till', routes: ['till.pay'] },
};
const looking: CompositeMember = {
  displayName: 'Looking',
  target: 0.99,
  weight: 1,
  sli: { measure: 'requests', service: 'shelf', routes: ['shelf.look'] },
};

/** The verdict over 10,000 payments and looks, so many of each bad. */
function verdictOf(
  badPayments: number,
  badLooks: number | undefined,
  changes: Partial<CompositeMember> = {},
) {
  const members = [{ ...paying, ...changes }, looking];
  const target = Math.max(...members.map((member) => member.target));
  const requests = [
    ...requestRows('till.pay', 'peak', { 300: 10_000 - badPayments, error: badPayments }),
    ...(badLooks === undefined
      ? []
      : requestRows('shelf.look', 'peak', { 300: 10_000 - badLooks, error: badLooks })),
  ];
  const [verdict] = evaluate({
    plan,
    objectives: [objective({ id: 'both', target, sli: { measure: 'composite', members } })],
    measurements: { ...nothingMeasured, requests },
    blocking: () => true,
  }).objectives;
  if (verdict === undefined) throw new Error('nothing was judged');
  return verdict;
}

describe('a composite', () => {
  test.each([
    ['both far within their budgets', 20, 20, {}, 'pass'],
    ['each within its budget, together beyond it', 90, 90, {}, 'fail'],
    ['together about at the budget', 50, 50, {}, 'inconclusive'],
    ['one alone beyond it', 150, 0, {}, 'fail'],
    ['the same at half the weight', 150, 0, { weight: 0.3 }, 'pass'],
    ['little at a high weight', 20, 0, { weight: 10 }, 'fail'],
    [
      'targets of their own: 20 bad of 10,000 are twice the budget of 99.9 %',
      20,
      0,
      { target: 0.999 },
      'fail',
    ],
    ['a member without data is never a pass', 0, undefined, {}, 'inconclusive'],
    ['a member beyond the budget fails, whatever the other did', 200, undefined, {}, 'fail'],
  ])('%s', (_, badPayments, badLooks, changes, answer) => {
    expect(verdictOf(badPayments, badLooks, changes).answer).toBe(answer);
  });

  test('has the bounds of its members, each at 97.5 %', () => {
    const { lowerBound, upperBound, total } = verdictOf(0, 0).evidence;
    expect(total).toBe(20_000);
    expect(lowerBound).toBeCloseTo(1 - 2 * badShareAtMost(0, 10_000, 0.975), 12);
    expect(upperBound).toBe(1);
  });

  test('takes failures of a member that come together for the few events they are', () => {
    const { lowerBound = 0, upperBound = 1 } = verdictOf(30, 40).evidence;
    const atMost = badShareAtMost(30, 10_000, 0.975) + badShareAtMost(40, 10_000, 0.975);
    const atLeast = badShareAtLeast(30, 10_000, 0.975) + badShareAtLeast(40, 10_000, 0.975);
    expect(lowerBound).toBeLessThan(1 - atMost);
    expect(upperBound).toBeGreaterThan(1 - atLeast);
  });

  test('says who spent the budget', () => {
    expect(verdictOf(150, undefined, { weight: 2 }).reason).toMatch(
      /^3 times the common error budget was spent \(Paying: 3; Looking: no data\), at 95 % between [\d.]+ and 10\d[.\d]*; at most 1 was promised.$/,
    );
  });

  test('lacks data where a member had events to come and none came, which no policy tolerates', () => {
    expect(verdictOf(0, undefined).dataMissing).toBe(true);
    expect(verdictOf(50, 50).dataMissing).toBeUndefined();
  });

  test('without any data', () => {
    const [verdict] = evaluate({
      plan,
      objectives: [objective({ sli: { measure: 'composite', members: [paying, looking] } })],
      measurements: nothingMeasured,
      blocking: () => true,
    }).objectives;
    expect(verdict).toMatchObject({ answer: 'inconclusive', evidence: { total: 0 } });
  });
});
