import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../../profiles/faults.ts';
import { checkPlannedFaults, withPossibleFaults } from '../../../../runner/faults/check-faults.ts';
import type { FaultTarget } from '../../../../runner/faults/types.ts';
import { problem } from '../../../../scenarios/problem.ts';
import { breakableDriver, plannedFault } from '../../../fixtures/faults/driver.ts';

const environment = { name: 'street', scale: 1, baseUrls: {} };
const target: FaultTarget = { environment, allow: [], headers: {}, healthPaths: {} };
const driver = breakableDriver('http://kiosk.test');
const kinds: readonly FaultKind[] = ['errors'];
const plan = { environment, faults: [plannedFault('kiosk-errors', 1, 2)] };

const causesOf = async (...args: Parameters<typeof checkPlannedFaults>) =>
  (await checkPlannedFaults(...args)).map(({ code, cause }) => `${code}: ${cause}`);

it('lets through what the target allows and the driver can do', async () => {
  expect(await causesOf(plan, { kinds, services: ['kiosk'], driver }, target)).toEqual([]);
});

it('asks nobody where nothing is to be broken', async () => {
  expect(await causesOf({ environment }, undefined, target)).toEqual([]);
});

it('refuses every fault on a target that allows none', async () => {
  expect(await causesOf(plan, undefined, target)).toEqual([
    'FAULTS_NOT_ALLOWED: target "street" allows no faults, and the profile injects 1',
  ]);
});

it('tells each thing that is not allowed, and what the driver finds', async () => {
  const picky = {
    ...driver,
    kinds: [],
    check: async () => [problem('FAULT_DRIVER_UNUSABLE', 'there is no lever on PATH')],
  };
  expect(await causesOf(plan, { kinds: ['crash'], services: ['bakery'], driver: picky }, target)).toEqual([
    'FAULTS_NOT_ALLOWED: kiosk-errors: target "street" does not allow faults of kind errors',
    'FAULTS_NOT_ALLOWED: kiosk-errors: target "street" does not allow kiosk to be broken',
    'FAULTS_NOT_ALLOWED: kiosk-errors: driver breakable knows no errors',
    'FAULT_DRIVER_UNUSABLE: there is no lever on PATH',
  ]);
});

describe('faults that come on top of a day', () => {
  const fault = { atSeconds: 1, forSeconds: 2, kind: 'errors', service: 'kiosk' } as const;
  const day = {
    ...{ name: 'day', description: '', phases: [], faultsWherePossible: true },
    faults: [fault, { ...fault, service: 'bakery' }, { ...fault, kind: 'crash' as const }],
  };
  const permission = { kinds: [...kinds, 'crash'], services: ['kiosk'], driver: { ...driver, kinds } };
  const leftOf = (...args: Parameters<typeof withPossibleFaults>) => withPossibleFaults(...args).faults;

  it('are those that the target allows and its driver knows', () => {
    expect(leftOf(day, permission, false)).toEqual([fault]);
    expect(leftOf(day, undefined, false)).toEqual([]);
  });

  it('are none where only parts are loaded', () => expect(leftOf(day, permission, true)).toEqual([]));

  it('stay in any other profile, to be refused', () => {
    expect(leftOf({ ...day, faultsWherePossible: false }, undefined, true)).toEqual(day.faults);
  });
});
