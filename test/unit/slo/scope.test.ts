import { expect, test } from 'vitest';
import { declaredLimits } from '../../../slo/declared-limits.ts';
import { concerns } from '../../../slo/scope.ts';
import type { PlainSli, Sli } from '../../../slo/types.ts';
import { objective, plan } from './fixtures.ts';

const onlyTill = { ...plan, selected: true, scenarios: plan.scenarios.filter(({ name }) => name === 'till') };
const onlyVisit = {
  ...plan,
  selected: true,
  scenarios: plan.scenarios.filter(({ name }) => name === 'visit'),
};

const query = { kind: 'raw', query: 'ratio', rawType: 'success' } as const;
const series: PlainSli = { measure: 'series', source: { type: 'Prometheus' }, ...query };
const receipts: PlainSli = { measure: 'requests', service: 'till', routes: ['till.receipt'], underMs: 150 };
const looks: PlainSli = { measure: 'requests', service: 'shelf', routes: ['shelf.look'] };
const composite = (...slis: PlainSli[]): Sli => ({
  measure: 'composite',
  members: slis.map((sli) => ({ displayName: 'part', target: 0.99, weight: 1, sli })),
});

test.each([
  ['a query about a service that is loaded', onlyTill, { sli: series, service: 'till' }, true],
  ['a query about another', onlyTill, { sli: series, service: 'shelf' }, false],
  ['a query about a journey that is loaded', onlyVisit, { sli: series, service: 'visit' }, true],
  ['a query about the whole system', onlyTill, { sli: series, service: 'system' }, false],
  ['a composite of what is loaded', onlyTill, { sli: composite(receipts, series), service: 'till' }, true],
  ['a composite of more than that', onlyTill, { sli: composite(receipts, looks), service: 'till' }, false],
  ['a composite, where all is loaded', plan, { sli: composite(receipts, looks), service: 'till' }, true],
])('%s', (_, loaded, changes, expected) => {
  expect(concerns(loaded, objective(changes))).toBe(expected);
});

test('what is promised of faults is asked of plans that inject some', () => {
  const rpo = { measure: 'readings', reading: 'rpo', op: 'lt', value: 300, census: true } as const;
  const promise = objective({ sli: { ...rpo, withFaults: true } });
  const fault = { id: 'till-crash', service: 'till', kind: 'crash', startSecond: 20, endSecond: 25 } as const;
  expect(concerns(plan, promise)).toBe(false);
  expect(concerns({ ...plan, faults: [] }, promise)).toBe(false);
  expect(concerns({ ...plan, faults: [{ ...fault, parameters: {} }] }, promise)).toBe(true);
  expect(concerns(plan, objective({ sli: rpo }))).toBe(true);
});

test("a composite's limits are counted at the source like any other", () => {
  expect(declaredLimits([objective({ sli: composite(receipts, looks) })]).limitsMs).toEqual({
    'till.receipt': [150],
  });
});
