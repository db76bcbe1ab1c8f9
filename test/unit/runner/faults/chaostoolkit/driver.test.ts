import { describe, expect, it } from 'vitest';
import type { PhaseSpec } from '../../../../../profiles/types.ts';
import type { ExperimentFault } from '../../../../../runner/faults/chaostoolkit/convert.ts';
import { experimentsDriver, placeExperiments } from '../../../../../runner/faults/chaostoolkit/driver.ts';
import { causes, fault, target } from '../drivers/fault-fixture.ts';

const kill: ExperimentFault = {
  title: 'kill payment',
  spec: { service: 'payment', kind: 'crash', forSeconds: 10 },
  inject: [{ type: 'http', method: 'POST', url: 'http://127.0.0.1:9000/kill', timeoutMs: 1000 }],
  rollBack: [],
  steady: [],
};

describe('placeExperiments', () => {
  const phase = (name: string, kind: PhaseSpec['kind'], seconds: number, multiplier: number) => ({
    name,
    kind,
    seconds,
    multiplier,
  });
  const profile = {
    name: 'day',
    description: '',
    phases: [
      phase('warmup', 'hold', 10, 1),
      phase('up', 'ramp', 20, 10),
      phase('peak', 'hold', 60, 10),
      phase('down', 'ramp', 20, 1),
    ],
  };

  it('puts faults at the peak, one after the other, unless they say when', () => {
    const fixed = { ...kill, spec: { ...kill.spec, atSeconds: 12 } };
    expect(placeExperiments([kill, fixed, kill], profile).map(({ atSeconds }) => atSeconds)).toEqual([
      35, 12, 75,
    ]);
  });
});

describe('placeExperiments at a short peak', () => {
  it('leaves room for the fault', () => {
    const phases = [{ name: 'peak', kind: 'hold' as const, seconds: 8, multiplier: 3 }];
    expect(placeExperiments([kill], { name: 'short', description: '', phases })[0]?.atSeconds).toBe(2);
  });
});

describe('experimentsDriver', () => {
  it("proves a fault by the service's health check where the experiment does not", () => {
    const [procedure] = experimentsDriver([kill]).describe([fault('crash')], target);
    expect(procedure).toMatchObject({
      driver: 'chaostoolkit',
      inject: kill.inject,
      tookEffect: { action: { url: 'http://127.0.0.1:8001/healthz' } },
      steady: [{ action: { url: 'http://127.0.0.1:8001/healthz' } }],
    });
  });

  it('refuses hosts that the target does not allow, and faults that nothing would show', async () => {
    const elsewhere: ExperimentFault = {
      ...kill,
      rollBack: [{ type: 'http', method: 'POST', url: 'http://elsewhere.example/back', timeoutMs: 1000 }],
      spec: { ...kill.spec, kind: 'cpu-burn' },
    };
    const found = await experimentsDriver([kill, elsewhere]).check(
      [fault('crash'), fault('cpu-burn')],
      target,
    );
    expect(causes(found)).toEqual([
      'HOST_NOT_ALLOWED "kill payment": http://elsewhere.example/back: host elsewhere.example:80 is not in the allow list',
      expect.stringMatching(/payment cpu-burn: a health check does not show it/),
    ]);
  });
});
