import { expect, it } from 'vitest';
import { prepareFaults } from '../../../../runner/faults/prepare.ts';
import type { RehearsalRequest } from '../../../../runner/types.ts';
import { breakableDriver, plannedFault } from '../../../fixtures/faults/driver.ts';
import { loadedSuite } from '../suite-fixture.ts';

const environment = { name: 'street', scale: 1, baseUrls: {} };
const requestWith = (driver?: RehearsalRequest['driver']) =>
  ({
    plan: { faults: [plannedFault('a', 1, 2), plannedFault('b', 3, 4)], environment },
    target: { environment, allow: [], headers: {} },
    suite: loadedSuite,
    ...(driver && { driver }),
  }) as unknown as RehearsalRequest;

it('begins no run of which a fault would be left out: nothing could come of its drill', async () => {
  const whole = breakableDriver('http://kiosk.test');
  let isStopped = false;
  const half = {
    ...whole,
    prepare: async () => ({
      procedures: whole.describe([plannedFault('a', 1, 2)], requestWith().target as never),
      stop: async () => {
        isStopped = true;
      },
    }),
  };
  await expect(prepareFaults(requestWith(half))).rejects.toMatchObject({
    problems: [{ code: 'FAULT_DRIVER_UNUSABLE', cause: 'driver breakable has no procedure for b' }],
  });
  expect(isStopped).toBe(true);
  await expect(prepareFaults(requestWith())).rejects.toMatchObject({
    problems: [{ code: 'FAULTS_NOT_ALLOWED' }],
  });
});
