import { expect, test } from 'vitest';
import { sufficiency } from '../../../slo/sufficiency.ts';
import { objective, plan } from './fixtures.ts';

function of(changes: Parameters<typeof objective>[0]) {
  return sufficiency(plan, [objective(changes)])[0];
}

test('counts the requests that judged phases bring, and what a clean run needs', () => {
  expect(of({ target: 0.999 })).toEqual({
    objectiveId: 'till-availability',
    expectedTotal: 4_750,
    neededTotal: 2_995,
    enough: true,
    note: '99.9 % needs 2,995 clean requests',
  });
});

test('says so if even a clean run cannot suffice', () => {
  expect(of({ target: 0.9999 })).toMatchObject({
    enough: false,
    note: '99.99 % needs 29,956 clean requests, the plan brings about 4,750',
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
