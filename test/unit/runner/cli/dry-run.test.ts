import { expect, it } from 'vitest';
import { describeDryRun, dryRun } from '../../../../runner/cli/dry-run.ts';
import type { Prepared } from '../../../../runner/cli/prepare.ts';
import { breakableDriver, plannedFault } from '../../../fixtures/faults/driver.ts';
import { kioskPlan, policy } from '../../../fixtures/kiosk/request.ts';

const url = 'http://kiosk.test';
const plan = {
  ...kioskPlan(url, 30),
  faults: [plannedFault('kiosk-errors', 12.5, 20)],
  abort: { errorShare: { above: 0.5, overSeconds: 10 } },
};
const { environment } = plan;
const prepared: Prepared = {
  ...{ plan, policy, profile: { name: 'short', description: '', phases: [] } },
  target: {
    environment,
    needsAddresses: true,
    preparation: '',
    confidential: ['kiosk.test'],
    faults: { kinds: ['errors'], services: ['kiosk'], driver: breakableDriver(url) },
    faultTarget: { environment, allow: [], headers: {}, healthPaths: {} },
    open: async () => {
      throw new Error('a dry run opens nothing');
    },
  },
};

it('tells every step with its time, without secrets', () => {
  expect(describeDryRun(prepared, dryRun(prepared))).toBe(`\
short on target street: 0:30 of load, 1 fault by driver breakable

  time  fault         step         what
  0:00                load         warmup: 1x until 0:01
  0:01                load         hold: 1x until 0:30
0:10.5  kiosk-errors  look before  the kiosk answers: GET http://***/kiosk/health
0:10.5  kiosk-errors  look before  not yet: the kiosk errs: GET http://***/kiosk/health
0:12.5  kiosk-errors  inject       POST http://***/faults/kiosk-errors
0:12.5  kiosk-errors  prove        the kiosk errs: GET http://***/kiosk/health
  0:20  kiosk-errors  roll back    DELETE http://***/faults/kiosk-errors
  0:20  kiosk-errors  look after   the kiosk answers: GET http://***/kiosk/health

Faults are taken back and the load ends at once at Ctrl-C, at \`peakproof stop\` and with a file \`stop\` in the run folder.
Also if more than 50 % of the requests of 10 s fail.
Nothing was started or sent.`);
});
