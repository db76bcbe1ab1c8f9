import { expect, test } from 'vitest';
import { sufficiency } from '../../../slo/sufficiency.ts';
import type { CompositeMember } from '../../../slo/types.ts';
import { objective, plan } from './fixtures.ts';

function of(changes: Parameters<typeof objective>[0]) {
  return sufficiency(plan, [objective(changes)])[0];
}

test('counts the requests that judged phases bring, and what a clean run needs', () => {
  expect(of({ target: 0.999 })).toEqual({
    objectiveId: 'till-availability',
    expectedTotal: 4_750,
    neededTotal: 2_995,
    // 4,750 in the 35 judged seconds.
    neededSeconds: 23,
    enough: true,
    note: '99.9 % needs 2,995 clean requests: 23 s of such load',
  });
});

test('says so if even a clean run cannot suffice', () => {
  expect(of({ target: 0.9999 })).toMatchObject({
    enough: false,
    neededSeconds: 221,
    note: '99.99 % needs 29,956 clean requests: 4 min of such load; the plan brings about 4,750',
  });
});

test('counts journeys by iterations and probes by seconds', () => {
  expect(of({ sli: { measure: 'journeys', journey: 'visit' } })?.expectedTotal).toBe(2_375);
  expect(of({ sli: { measure: 'probes', service: 'till' } })?.expectedTotal).toBe(35);
});

test('counts only the phases that are asked for', () => {
  const sli = { measure: 'requests', routes: ['shelf.look'], atLeastMultiplier: 10 } as const;
  expect(of({ sli })?.expectedTotal).toBe(3 * 2_000);
  expect(of({ sli: { ...sli, atLeastMultiplier: 11 } })).toMatchObject({
    enough: false,
    note: 'this profile never holds 11x',
  });
});

test('does not guess what the plan does not tell', () => {
  const sli = { measure: 'readings', reading: 'age', op: 'lt', value: 5, census: false } as const;
  expect(of({ sli })).not.toHaveProperty('expectedTotal');
  expect(of({ sli: { ...sli, census: true } })).toMatchObject({ enough: true });
});

test('adds up what a clean run leaves open of the objectives of a composite', () => {
  const visits = (weight: number) =>
    ({
      displayName: 'Visits',
      target: 0.99,
      weight,
      sli: { measure: 'journeys', journey: 'visit' },
    }) as const;
  const uptime = { ...visits(1), sli: { measure: 'probes', service: 'till' } } as const;
  const age = {
    ...visits(1),
    sli: { measure: 'readings', reading: 'age', op: 'lt', value: 5, census: false },
  } as const;
  const composite = (...members: readonly CompositeMember[]) =>
    of({ sli: { measure: 'composite', members } });
  // 2,375 clean visits bound their bad share at 97.5 % by 1 - 0.025^(1/2375) = 0.155 %.
  expect(composite(visits(1), visits(1))).toMatchObject({
    enough: true,
    note: 'a clean run proves that at most 0.310401 times the common error budget is spent',
  });
  expect(composite(visits(4), visits(4))).toMatchObject({ enough: false });
  expect(composite(visits(1), uptime)).toMatchObject({ enough: false });
  expect(composite(visits(1), age)).toMatchObject({
    enough: false,
    note: 'the plan does not tell how many events there will be',
  });
});
