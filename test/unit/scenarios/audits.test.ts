import { describe, expect, it } from 'vitest';
import type { LoadPlan, Phase } from '../../../profiles/types.ts';
import type { AskSystem, AuditInput } from '../../../runner/suite.ts';
import { audits } from '../../../scenarios/audits.ts';
import type { AttemptStage } from '../../../scenarios/model.ts';

const startedAtMs = 1_000_000;

function order(stage: AttemptStage, second: number) {
  return { kind: 'order', stage, atMs: startedAtMs + second * 1000 };
}

function phase(name: string, kind: Phase['kind'], start: number, end: number, multiplier: number): Phase {
  return {
    name,
    kind,
    startSecond: start,
    endSecond: end,
    fromMultiplier: multiplier,
    toMultiplier: multiplier,
    role: 'judged',
  };
}

const phases = [
  phase('normal', 'hold', 0, 10, 1),
  phase('rise', 'ramp', 10, 20, 10),
  phase('peak', 'hold', 20, 30, 10),
  phase('plateau', 'hold', 30, 40, 4),
];

const ask: AskSystem = async () => ({ status: 200, body: { oversoldUnits: 2 } });

function read(name: string, given: Partial<AuditInput> = {}) {
  const audit = audits.find((candidate) => candidate.name === name);
  const plan = { phases, environment: { scale: 0.5 } } as unknown as LoadPlan;
  return audit?.run({ ledger: [], plan, startedAtMs, measuredSeconds: 40, secrets: {}, ask, ...given });
}

describe('stock-oversold', () => {
  it('reads the audit of inventory', async () => {
    expect(await read('stock-oversold')).toEqual([{ reading: 'stock-oversold-units', value: 2 }]);
  });

  it('cannot tell where the system does not answer properly', async () => {
    const silent: AskSystem = async () => ({ status: 503, body: {} });
    await expect(read('stock-oversold', { ask: silent })).rejects.toThrow('inventory.audit answered 503');
  });
});

describe('sample-ratio', () => {
  const splits = (...of: object[]): AskSystem => {
    return async (route) => ({ status: 200, body: { splits: route === 'experiments.splits' ? of : [] } });
  };
  const split = (plannedShare: number, customers: number, withVariant: number) => ({
    ...{ name: 'a split', plannedShare, customers, withVariant },
  });

  it('tells how far the furthest split is from its plan, in standard deviations', async () => {
    const ask = splits(split(0.5, 400, 200), split(0.5, 400, 160), split(0.1, 900, 99));
    const readings = await read('sample-ratio', { ask });
    // |160 - 200| / sqrt(400 · ½ · ½) = 4, and |99 - 90| / sqrt(900 · 0.1 · 0.9) = 1.
    expect(readings).toEqual([{ reading: 'split-deviation-sigmas', value: 4 }]);
  });

  it('says nothing of splits with too few customers on a side, and nothing where there is no other', async () => {
    expect(await read('sample-ratio', { ask: splits(split(0.01, 900, 40), split(1, 900, 900)) })).toEqual([]);
  });

  it('cannot tell where a count is missing', async () => {
    const ask = splits({ plannedShare: 0.5, customers: 10 });
    await expect(read('sample-ratio', { ask })).rejects.toThrow('experiments.splits: splits are none');
  });
});

describe('order-throughput', () => {
  const acknowledged = [5, 15, 20, 29.9, 35, 41].map((second) => order('acknowledged', second));
  const others = [order('begun', 21), order('rejected', 22), { kind: 'sale', atMs: startedAtMs + 23_000 }];
  const ledger = [...acknowledged, ...others];

  it('averages what was acknowledged in the busy holds, as if at full scale', async () => {
    const readings = await read('order-throughput', { ledger });
    expect(readings).toEqual([{ reading: 'orders-per-second-full-scale', value: 3 / 20 / 0.5 }]);
  });

  it('counts only seconds that were run', async () => {
    const readings = await read('order-throughput', { ledger, measuredSeconds: 25 });
    expect(readings).toEqual([{ reading: 'orders-per-second-full-scale', value: 1 / 5 / 0.5 }]);
  });

  it('has no figure for a run that never was busy', async () => {
    expect(await read('order-throughput', { measuredSeconds: 20 })).toEqual([]);
  });
});
