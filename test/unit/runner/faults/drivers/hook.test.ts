import { describe, expect, it } from 'vitest';
import { hookDriver } from '../../../../../runner/faults/drivers/hook.ts';
import { causes, fault, read, target } from './fault-fixture.ts';

const settings = {
  headers: { authorization: 'Bearer abc' },
  hooks: [
    {
      kinds: ['latency'],
      inject: {
        url: 'http://127.0.0.1:9000/faults/{id}?for={seconds}',
        body: { delay: '{latencyMs}', note: 'slow {service}' },
      },
      rollBack: { method: 'DELETE', url: 'http://127.0.0.1:9000/faults/{id}', doneStatus: [204, 404] },
    },
    {
      services: ['search'],
      inject: { url: 'http://127.0.0.1:9000/{service}/{kind}/on' },
      rollBack: { url: 'http://127.0.0.1:9000/{service}/{kind}/off' },
    },
  ],
};

describe('hook driver', () => {
  const [slow, down] = hookDriver.describe(
    read(hookDriver, settings),
    [fault('latency', { parameters: { latencyMs: 700 } }), fault('crash', { service: 'search' })],
    target,
  );

  it('asks the URLs of the first rule that fits, with the fault filled in', () => {
    expect(slow?.inject).toEqual([
      {
        type: 'http',
        method: 'POST',
        url: 'http://127.0.0.1:9000/faults/payment-latency?for=30',
        headers: { authorization: 'Bearer abc' },
        body: { delay: 700, note: 'slow payment' },
        timeoutMs: 10_000,
      },
    ]);
    expect(slow?.rollBack).toMatchObject([{ method: 'DELETE', doneStatus: [204, 404] }]);
    expect(down?.inject).toMatchObject([{ url: 'http://127.0.0.1:9000/search/crash/on' }]);
  });

  it("proves a fault by the service's health check, with the target's headers", () => {
    const asked = { url: 'http://127.0.0.1:8001/healthz', headers: target.headers };
    expect(slow?.tookEffect).toMatchObject({ action: asked, expect: { longerThanMs: 560 } });
    expect(slow?.steady).toMatchObject([{ action: asked, expect: { withinMs: 560 } }]);
    expect(down?.tookEffect.expect).toEqual({ failsOrStatus: [502, 503, 504] });
  });

  it('waits for an answer for longer than the fault delays it', () => {
    const [procedure] = hookDriver.describe(
      read(hookDriver, settings),
      [fault('latency', { parameters: { latencyMs: 5_000 } })],
      target,
    );
    expect(procedure?.tookEffect.action).toMatchObject({ timeoutMs: 8_000 });
  });

  it('takes a probe of the user where the health check would not show the fault', () => {
    const probes = [
      {
        kinds: ['stale-replica'],
        url: 'http://127.0.0.1:8002/lag?of={service}',
        headers: {},
        faulted: { contains: 'stale' },
        steady: { status: [200], contains: 'fresh' },
      },
    ];
    const faults = [fault('stale-replica', { service: 'search' })];
    const [procedure] = hookDriver.describe(read(hookDriver, { ...settings, probes }), faults, target);
    expect(procedure?.tookEffect).toMatchObject({
      action: { url: 'http://127.0.0.1:8002/lag?of=search', headers: {} },
      expect: { contains: 'stale' },
    });
    expect(procedure?.steady[0]?.expect).toEqual({ status: [200], contains: 'fresh' });
  });

  it('tells everything that is wrong at once: no hook, no proof, wrong hosts, unknown placeholders', async () => {
    const wrong = read(hookDriver, {
      hooks: [
        {
          kinds: ['errors', 'cpu-burn'],
          inject: { url: 'http://elsewhere.example/{latencyMs}' },
          rollBack: { url: 'http://127.0.0.1:9001/off', body: { how: ['{nothing}'] } },
        },
      ],
    });
    const faults = [fault('errors'), fault('cpu-burn'), fault('crash', { service: 'shipping' })];
    expect(causes(await hookDriver.check(wrong, faults, target))).toEqual([
      'INVALID_TARGET faults.hooks: payment errors: inject.url: errors has nothing for {latencyMs}',
      'HOST_NOT_ALLOWED hooks: payment errors: rollBack.url: host 127.0.0.1:9001 is not in the allow list',
      'INVALID_TARGET faults.hooks: payment errors: rollBack.body: errors has nothing for {nothing}',
      'INVALID_TARGET faults.hooks: payment cpu-burn: inject.url: cpu-burn has nothing for {latencyMs}',
      'HOST_NOT_ALLOWED hooks: payment cpu-burn: rollBack.url: host 127.0.0.1:9001 is not in the allow list',
      'INVALID_TARGET faults.hooks: payment cpu-burn: rollBack.body: cpu-burn has nothing for {nothing}',
      'INVALID_TARGET faults.hooks: shipping crash: there is no hook for it',
      'INVALID_TARGET faults.probes: payment cpu-burn: a health check does not show it; add a rule with url, faulted and steady',
      'INVALID_TARGET faults.probes: shipping crash: the service has no address and no rule a url',
    ]);
  });

  it('finds nothing wrong with settings that are in order', async () => {
    const faults = [fault('latency'), fault('crash', { service: 'search' })];
    expect(await hookDriver.check(read(hookDriver, settings), faults, target)).toEqual([]);
  });
});
