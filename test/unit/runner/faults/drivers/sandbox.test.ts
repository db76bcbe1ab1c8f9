import { expect, test } from 'vitest';
import { type FaultKind, faultKinds, type PlannedFault } from '../../../../../profiles/faults.ts';
import { sandboxDriver } from '../../../../../runner/faults/drivers/sandbox.ts';
import type { FaultTarget } from '../../../../../runner/faults/types.ts';

function planned(kind: FaultKind, parameters: Readonly<Record<string, number>> = {}): PlannedFault {
  return {
    id: `payment-${kind}`,
    service: 'payment',
    kind,
    startSecond: 10,
    endSecond: 20,
    parameters: { ...faultKinds[kind].parameters, ...parameters },
  };
}

const target: FaultTarget = {
  environment: { name: 'sandbox', scale: 0.01, baseUrls: {} },
  allow: [],
  headers: {},
  healthPaths: { payment: '/payment/health' },
  control: {
    url: 'http://127.0.0.1:1',
    token: 'secret-token',
    serviceUrls: { payment: 'http://127.0.0.1:2' },
  },
};

test('knows every kind of fault, and what shows it', () => {
  expect(sandboxDriver.kinds).toEqual(Object.keys(faultKinds));
  for (const kind of sandboxDriver.kinds) {
    const [procedure] = sandboxDriver.describe({}, [planned(kind)], target);
    expect(procedure?.tookEffect.name).toMatch(/^payment /);
    expect(Object.keys(procedure?.tookEffect.expect ?? {})).not.toHaveLength(0);
  }
});

test('a fault is put at the control server and deleted again, also if that has ended', () => {
  const fault = planned('latency', { latencyMs: 300 });
  const [procedure] = sandboxDriver.describe({}, [fault], target);
  const asked = {
    type: 'http',
    url: 'http://127.0.0.1:1/faults/payment-latency',
    headers: { authorization: 'Bearer secret-token' },
  };
  expect(procedure?.inject).toEqual([
    {
      ...asked,
      method: 'PUT',
      body: { kind: 'latency', service: 'payment', parameters: { latencyMs: 300, jitterMs: 0 } },
      doneStatus: [200],
      timeoutMs: 10_000,
    },
  ]);
  expect(procedure?.rollBack).toEqual([
    { ...asked, method: 'DELETE', doneStatus: [204], timeoutMs: 20_000, goneIsDone: true },
  ]);
  expect(procedure?.tookEffect).toEqual({
    name: 'payment answers late',
    action: { type: 'http', method: 'GET', url: 'http://127.0.0.1:2/payment/health', timeoutMs: 1_300 },
    expect: { longerThanMs: 270 },
    everyMs: 100,
  });
  expect(procedure?.steady.map(({ expect }) => expect)).toEqual([
    { status: [200], withinMs: 500 },
    { status: [404] },
  ]);
});

test('before the sandbox runs, it is told under names instead of addresses', () => {
  const { control, ...before } = target;
  const [procedure] = sandboxDriver.describe({}, [planned('crash')], before);
  expect(procedure?.inject[0]).toMatchObject({ url: 'http://control.sandbox/faults/payment-crash' });
  expect(procedure?.tookEffect.action).toMatchObject({ url: 'http://payment.sandbox/payment/health' });
});

test.each([
  ['latency', { latencyMs: 80, jitterMs: 40 }, 'latencyMs - jitterMs under 50'],
  ['errors', { share: 0.01 }, 'share under 0.02'],
  ['drop', { share: 0 }, 'share under 0.02'],
  ['bad-deploy', { canaryShare: 0.1, errorShare: 0.1 }, 'canaryShare × errorShare under 0.02'],
  ['bandwidth', { kilobytesPerSecond: 4 }, 'kilobytesPerSecond over 3'],
  ['cpu-burn', { share: 0.2 }, 'share under 0.3'],
  ['slow-dependency', { latencyMs: 200 }, 'latencyMs under 250'],
  ['lost-events', { share: 0.01 }, 'share under 0.1'],
  ['clock-skew', { skewSeconds: 1 }, 'skewSeconds under 2'],
] as const)('%s that nobody could see is refused before anything starts', async (kind, parameters, cause) => {
  expect(await sandboxDriver.check({}, [planned(kind, parameters)], target)).toEqual([
    expect.objectContaining({ code: 'INVALID_FAULT', cause: expect.stringContaining(cause) }),
  ]);
});

test('a system that is not the sandbox is not broken by this driver', async () => {
  const { control, ...other } = target;
  const context = {
    target: other,
    runFolder: '',
    signal: new AbortController().signal,
    onProgress: () => {},
  };
  await expect(sandboxDriver.prepare({}, [planned('crash')], context)).rejects.toMatchObject({
    problems: [{ code: 'FAULT_DRIVER_UNUSABLE' }],
  });
});

test('every default is enough to be seen', async () => {
  const faults = sandboxDriver.kinds.map((kind) => planned(kind));
  expect(await sandboxDriver.check({}, faults, target)).toEqual([]);
});
