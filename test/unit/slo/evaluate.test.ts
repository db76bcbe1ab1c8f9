import { describe, expect, test } from 'vitest';
import { PeakproofError } from '../../../scenarios/problem.ts';
import { evaluate } from '../../../slo/evaluate.ts';
import { gate } from '../../../slo/gate.ts';
import type { Measurements } from '../../../slo/measurements.ts';
import type { Objective } from '../../../slo/types.ts';
import { probeSeries, seriesOf } from '../../fixtures/series.ts';
import { nothingMeasured, objective, plan, requestRows } from './fixtures.ts';
import { lenient } from './gate-fixtures.ts';

function verdictOf(measured: Partial<Measurements>, item: Objective = objective()) {
  const measurements = { ...nothingMeasured, ...measured };
  const verdict = evaluate({ plan, objectives: [item], measurements, blocking: () => true });
  const [first] = verdict.objectives;
  if (first === undefined) throw new Error('no verdict');
  return first;
}

const pays = (phase: string, outcomes: Record<string, number>) => requestRows('till.pay', phase, outcomes);

describe('three values', () => {
  test('298 clean requests leave 99 % open, 299 prove it', () => {
    expect(verdictOf({ requests: pays('peak', { ok: 298 }) })).toMatchObject({
      answer: 'inconclusive',
      neededTotal: 299,
    });
    expect(verdictOf({ requests: pays('peak', { ok: 299 }) }).answer).toBe('pass');
  });

  test('too many errors fail, with budget and burn rate', () => {
    const verdict = verdictOf({ requests: pays('peak', { ok: 900, error: 100 }) });
    expect(verdict).toMatchObject({ answer: 'fail', evidence: { total: 1_000, bad: 100 } });
    expect(verdict.burnRate).toBeCloseTo(10, 10);
    expect(verdict.budgetSpentShare).toBeCloseTo(10, 10);
  });

  test('no data is inconclusive and says so, also when the plan was to bring some', () => {
    const verdict = verdictOf({});
    expect(verdict).toMatchObject({ answer: 'inconclusive', dataMissing: true });
    expect(verdict.reason).toMatch(/^No data: no requests .* the plan brings about 4750\.$/);
  });

  test('time slices that are longer than the run are none, which is no lack of requests', () => {
    const budgeting = { method: 'timeslices', windowSeconds: 60, sliceTarget: 0.9 } as const;
    const verdict = verdictOf({ requests: pays('peak', { ok: 400 }) }, objective({ budgeting }));
    expect(verdict).toMatchObject({
      answer: 'inconclusive',
      reason: 'No data: the judged phases are too short for 60-second slices.',
    });
    expect(verdict).not.toHaveProperty('dataMissing');
  });

  test('each phase is answered for itself', () => {
    const requests = [...pays('normal', { ok: 500 }), ...pays('peak', { ok: 400, error: 100 })];
    const answers = verdictOf({ requests }).phases.map(({ phase, answer }) => [phase, answer]);
    expect(answers).toEqual([
      ['normal', 'pass'],
      ['rise', 'inconclusive'],
      ['peak', 'fail'],
    ]);
  });

  test('warm-up is not judged', () => {
    const requests = [...pays('warmup', { error: 50 }), ...pays('peak', { ok: 500 })];
    expect(verdictOf({ requests })).toMatchObject({ answer: 'pass', evidence: { total: 500, bad: 0 } });
  });
});

describe('many objectives', () => {
  const others = Array.from({ length: 9 }, (_, index) => objective({ id: `other-${index}`, target: 0.9999 }));
  const receipts = objective({
    id: 'receipts',
    target: 0.9999,
    sli: { measure: 'requests', service: 'till', kind: 'read', routes: ['till.receipt'] },
  });

  function receiptsBeside(fellows: readonly Objective[], errors: number) {
    const requests = [
      ...pays('peak', { ok: 50_000 }),
      ...requestRows('till.receipt', 'peak', { ok: 400, error: errors }),
    ];
    const measurements = { ...nothingMeasured, requests };
    const objectives = [receipts, ...fellows];
    return evaluate({ plan, objectives, measurements, blocking: () => true }).objectives[0];
  }

  test('one unlucky event refutes an objective alone, but not one of ten', () => {
    expect(receiptsBeside([], 1)?.answer).toBe('fail');
    const among = receiptsBeside(others, 1);
    expect(among).toMatchObject({ answer: 'inconclusive', evidence: { bad: 1 } });
    expect(among?.phases.map(({ answer }) => answer)).not.toContain('fail');
  });

  test('objectives without data make nobody luckier', () => {
    const sli = { measure: 'journeys', journey: 'visit' } as const;
    const silent = Array.from({ length: 9 }, (_, index) => objective({ id: `silent-${index}`, sli }));
    expect(receiptsBeside(silent, 1)?.answer).toBe('fail');
  });

  test('what is surely broken is refuted among however many', () => {
    expect(receiptsBeside(others, 8)?.answer).toBe('fail');
  });
});

describe('latency', () => {
  const under = (underMs: number, service: string | undefined = 'till') =>
    objective({
      sli: { measure: 'requests', ...(service && { service }), routes: ['till.pay'], underMs },
    });

  test('good is right and within the limit; classes above it, slow ones and errors are bad', () => {
    const requests = pays('peak', { 300: 900, 800: 40, slow: 30, error: 20, fallback: 10 });
    expect(verdictOf({ requests }, under(300)).evidence).toMatchObject({ total: 1_000, bad: 100 });
    expect(verdictOf({ requests }, under(800)).evidence).toMatchObject({ total: 1_000, bad: 60 });
  });

  test('availability does not mind slowness, and a stand-in is bad for its service', () => {
    const requests = pays('peak', { 300: 900, slow: 80, fallback: 15, error: 5 });
    expect(verdictOf({ requests }).evidence).toMatchObject({ total: 1_000, bad: 20 });
  });

  test('a stand-in is good for the system as a whole', () => {
    const requests = pays('peak', { 300: 900, fallback: 95, error: 5 });
    const whole = objective({ sli: { measure: 'requests', routes: ['till.pay'] } });
    expect(verdictOf({ requests }, whole).evidence).toMatchObject({ total: 1_000, bad: 5 });
  });

  test('a limit that nobody counted leaves the class that holds it uncertain', () => {
    const requests = pays('peak', { 300: 900, 800: 50, slow: 50 });
    const { evidence } = verdictOf({ requests }, under(500));
    expect(evidence).toMatchObject({ total: 1_000, bad: 50, uncertain: 50 });
    expect(evidence.goodShare).toBe(0.9);
  });

  /** At scale 0 a bucket ends at twice its beginning: 900 in (128, 256], 40 in (256, 512], 60 in (512, 1024]. */
  const histogram = {
    scale: 0,
    count: 1_000,
    zeroCount: 0,
    sum: 0,
    min: 150,
    max: 1_000,
    offset: 7,
    buckets: [900, 40, 60],
  };
  const latencyByRoute = [{ service: 'till', route: 'till.pay', phase: 'peak', histogram }];

  test('the histogram narrows it down to the bucket that holds the limit', () => {
    const requests = pays('peak', { 300: 900, 800: 50, slow: 50 });
    const { evidence } = verdictOf({ requests, latencyByRoute }, under(500));
    expect(evidence).toMatchObject({ bad: 60, uncertain: 40 });
  });

  test('errors may lie anywhere in the histogram, so they stay bad beside what is slow', () => {
    const requests = pays('peak', { 300: 880, 800: 90, error: 30 });
    const { evidence } = verdictOf({ requests, latencyByRoute }, under(600));
    expect(evidence).toMatchObject({ bad: 30, uncertain: 60 });
  });

  test('a histogram that lacks requests narrows nothing down', () => {
    const requests = pays('peak', { 300: 900, 800: 70, slow: 50 });
    const { evidence } = verdictOf({ requests, latencyByRoute }, under(500));
    expect(evidence).toMatchObject({ total: 1_020, bad: 50, uncertain: 70 });
  });
});

describe('dropped iterations', () => {
  const drops = seriesOf([{ second: 25, scenario: 'visit', phase: 'peak', count: 7 }]);

  test('are bad events of every objective on the path of their scenario', () => {
    const requests = pays('peak', { ok: 93 });
    expect(verdictOf({ requests, drops }).evidence).toMatchObject({ total: 100, bad: 7, dropped: 7 });
    const journey = objective({ sli: { measure: 'journeys', journey: 'visit' } });
    expect(verdictOf({ drops }, journey).evidence).toMatchObject({ total: 7, bad: 7, dropped: 7 });
  });

  test('do not touch routes that their scenario never visits', () => {
    const receipts = objective({
      sli: { measure: 'requests', service: 'till', kind: 'read', routes: ['till.receipt'] },
    });
    expect(verdictOf({ drops }, receipts).evidence.total).toBe(0);
  });

  test('count in the phase they fell in', () => {
    const verdict = verdictOf({ requests: pays('normal', { ok: 500 }), drops });
    expect(verdict.phases.find(({ phase }) => phase === 'normal')?.bad).toBe(0);
    expect(verdict.phases.find(({ phase }) => phase === 'peak')?.bad).toBe(7);
  });
});

describe('phases by multiplier', () => {
  test('only holds at or above it are judged', () => {
    const sli = { measure: 'requests', routes: ['till.pay'], atLeastMultiplier: 10 } as const;
    const requests = [...pays('rise', { error: 90 }), ...pays('peak', { ok: 400 })];
    expect(verdictOf({ requests }, objective({ sli }))).toMatchObject({
      answer: 'pass',
      evidence: { total: 400 },
    });
  });

  test('a profile that never gets there leaves the objective open', () => {
    const sli = { measure: 'requests', routes: ['till.pay'], atLeastMultiplier: 12 } as const;
    expect(verdictOf({ requests: pays('peak', { ok: 400 }) }, objective({ sli }))).toMatchObject({
      answer: 'inconclusive',
      reason: 'Not judged: this profile never holds 12x.',
    });
  });

  test('nor is a census asked of it, whatever an audit read', () => {
    const sli = { measure: 'readings', reading: 'rate', op: 'gte', value: 37, census: true } as const;
    const readings = [{ second: 40, reading: 'rate', value: 12 }];
    const from = (atLeastMultiplier: number) =>
      verdictOf({ readings }, objective({ sli: { ...sli, atLeastMultiplier } }));
    expect(from(10).answer).toBe('fail');
    expect(from(12)).toMatchObject({
      answer: 'inconclusive',
      reason: 'Not judged: this profile never holds 12x.',
    });
  });
});

describe('other measures', () => {
  test('journeys count whole flows and their summed time', () => {
    const journeys = seriesOf([
      { second: 25, journey: 'visit', phase: 'peak', outcome: '2000', count: 390 },
      { second: 25, journey: 'visit', phase: 'peak', outcome: 'slow', count: 10 },
      { second: 25, journey: 'visit', phase: 'peak', outcome: 'error', count: 5 },
    ]);
    const sli = { measure: 'journeys', journey: 'visit' } as const;
    expect(verdictOf({ journeys }, objective({ sli })).evidence).toMatchObject({ total: 405, bad: 5 });
    const timely = objective({ sli: { ...sli, underMs: 2000 } });
    expect(verdictOf({ journeys }, timely).evidence).toMatchObject({ total: 405, bad: 15 });
  });

  test('a probe belongs to the phase of its second', () => {
    const seconds = Array.from({ length: 40 }, (_, second) => second);
    const probes = probeSeries(
      seconds.map((second) => ({ second, service: 'till', ok: second >= 5 && second !== 30 })),
    );
    const verdict = verdictOf({ probes }, objective({ sli: { measure: 'probes', service: 'till' } }));
    expect(verdict.evidence).toMatchObject({ total: 35, bad: 1 });
    expect(verdict.phases.map(({ phase, bad }) => [phase, bad])).toEqual([
      ['normal', 0],
      ['rise', 0],
      ['peak', 1],
    ]);
  });

  test('a census is compared as counted, without bounds', () => {
    const sli = { measure: 'readings', reading: 'lost', op: 'lte', value: 0, census: true } as const;
    const read = (value: number) =>
      verdictOf({ readings: [{ second: 40, reading: 'lost', value }] }, objective({ sli }));
    expect(read(0).answer).toBe('pass');
    expect(read(1)).toMatchObject({
      answer: 'fail',
      reason: 'lost was 1, where ≤ 0 was promised; counted exactly.',
    });
    expect(verdictOf({}, objective({ sli })).answer).toBe('inconclusive');
  });

  test.each([
    [
      { value: 0, upTo: 2 },
      'inconclusive',
      'lost was between 0 and 2, where ≤ 0 was promised; not all of it could be read.',
    ],
    [
      { value: 1, upTo: 2 },
      'fail',
      'lost was between 1 and 2, where ≤ 0 was promised; not all of it could be read.',
    ],
    [{ value: 0 }, 'pass', 'lost was 0, where ≤ 0 was promised; counted exactly.'],
  ])('a census that could not be read whole, %j, is %s', (figures, answer, reason) => {
    const sli = { measure: 'readings', reading: 'lost', op: 'lte', value: 0, census: true } as const;
    const verdict = verdictOf(
      { readings: [{ second: 40, reading: 'lost', ...figures }] },
      objective({ sli }),
    );
    expect(verdict).toMatchObject({ answer, reason });
    expect(verdict.dataMissing).toBe(answer === 'inconclusive' ? true : undefined);
  });

  test('a census that could not be read whole holds the gate of the most lenient policy', () => {
    const sli = { measure: 'readings', reading: 'lost', op: 'lte', value: 0, census: true } as const;
    const measurements = {
      ...nothingMeasured,
      readings: [{ second: 40, reading: 'lost', value: 0, upTo: 1 }],
    };
    const verdict = evaluate({ plan, objectives: [objective({ sli })], measurements, blocking: () => true });
    expect(gate(verdict, lenient, { nowMs: 0 })).toMatchObject({ outcome: 'hold', exitCode: 3 });
  });

  test('a census that nobody could read is data that is missing, where the run is partial for it', () => {
    const sli = { measure: 'readings', reading: 'lost', op: 'lte', value: 0, census: true } as const;
    const partial = ['audit stock gave no figure: it hung'];
    expect(verdictOf({ partial }, objective({ sli }))).toMatchObject({
      answer: 'inconclusive',
      reason: 'No data: lost was not read (audit stock gave no figure: it hung).',
      dataMissing: true,
    });
    expect(verdictOf({}, objective({ sli }))).not.toHaveProperty('dataMissing');
  });

  test('a census that could not be read whole passes where that cannot matter', () => {
    const sli = { measure: 'readings', reading: 'window', op: 'lt', value: 300, census: true } as const;
    const readings = [{ second: 40, reading: 'window', value: 3, upTo: 40 }];
    const verdict = verdictOf({ readings }, objective({ sli }));
    expect(verdict).toMatchObject({ answer: 'pass', evidence: { lowest: 3, highest: 40 } });
    expect(verdict).not.toHaveProperty('dataMissing');
  });

  test('a census is compared unrounded', () => {
    const sli = { measure: 'readings', reading: 'rate', op: 'gte', value: 37, census: true } as const;
    const readings = [{ second: 40, reading: 'rate', value: 36.999_999_9 }];
    expect(verdictOf({ readings }, objective({ sli })).answer).toBe('fail');
  });

  test('a census that just reaches its target keeps it', () => {
    const sli = { measure: 'readings', reading: 'lost', op: 'lte', value: 0, census: true } as const;
    const readings = [0, 1].map((value) => ({ second: 40, reading: 'lost', value }));
    expect(verdictOf({ readings }, objective({ sli, target: 0.5 })).answer).toBe('pass');
  });

  test('sampled readings are judged by their share', () => {
    const sli = { measure: 'readings', reading: 'age', op: 'lt', value: 5, census: false } as const;
    const readings = Array.from({ length: 20 }, (_, index) => ({
      second: 20 + index,
      reading: 'age',
      value: index,
      phase: 'peak',
    }));
    const verdict = verdictOf({ readings }, objective({ sli }));
    expect(verdict).toMatchObject({
      answer: 'fail',
      evidence: { total: 20, bad: 15, lowest: 0, highest: 19 },
    });
    expect(verdict.reason).toMatch(/^15 values that are not < 5 in 20 readings: at most/);
  });
});

describe('capacity', () => {
  const capacity = objective({ id: 'capacity', sli: { measure: 'objectives', atLeastMultiplier: 10 } });
  const shelf = objective({
    id: 'shelf-availability',
    sli: { measure: 'requests', service: 'shelf', routes: ['shelf.look'] },
  });

  function capacityWith(requests: Measurements['requests']) {
    const measurements = { ...nothingMeasured, requests };
    const objectives = [objective(), shelf, capacity];
    return evaluate({ plan, objectives, measurements, blocking: () => true }).objectives[2];
  }

  test('passes if every blocking objective is proven in those phases', () => {
    const requests = [...pays('peak', { ok: 400 }), ...requestRows('shelf.look', 'peak', { ok: 400 })];
    expect(capacityWith(requests)).toMatchObject({
      answer: 'pass',
      reason: '2 of 2 objectives are proven at 10x, none failed.',
    });
  });

  test('is open while one lacks samples there, however many it has elsewhere', () => {
    const requests = [
      ...pays('peak', { ok: 400 }),
      ...requestRows('shelf.look', 'normal', { ok: 9_000 }),
      ...requestRows('shelf.look', 'peak', { ok: 10 }),
    ];
    expect(capacityWith(requests)).toMatchObject({
      answer: 'inconclusive',
      reason: '1 of 2 objectives are proven at 10x, none failed, 1 lacks samples.',
    });
  });

  test('fails if one fails there, and names it', () => {
    const requests = [...pays('peak', { error: 40 }), ...requestRows('shelf.look', 'peak', { ok: 400 })];
    expect(capacityWith(requests)).toMatchObject({
      answer: 'fail',
      reason: '1 of 2 objectives are proven at 10x, 1 failed (till-availability).',
    });
  });
});

describe('the run as a whole', () => {
  const run = (measured: Partial<Measurements>, objectives: readonly Objective[], blocking = () => true) =>
    evaluate({ plan, objectives, measurements: { ...nothingMeasured, ...measured }, blocking });

  test('without objectives there is no verdict', () => {
    expect(() => run({}, [])).toThrow(PeakproofError);
  });

  test('passes only if every blocking objective does', () => {
    const requests = pays('peak', { ok: 400 });
    expect(run({ requests }, [objective()]).answer).toBe('pass');
    expect(run({ requests }, [objective()], () => false).answer).toBe('inconclusive');
    const missing = objective({ id: 'other', sli: { measure: 'journeys', journey: 'visit' } });
    expect(run({ requests }, [objective(), missing]).answer).toBe('inconclusive');
  });

  test('an objective whose evaluation throws is open; the others are judged', () => {
    const broken = objective({ id: 'broken', sli: { measure: 'requests' } as unknown as Objective['sli'] });
    const verdict = run({ requests: pays('peak', { ok: 400 }) }, [broken, objective()]);
    expect(verdict.objectives.map(({ answer }) => answer)).toEqual(['inconclusive', 'pass']);
    expect(verdict.objectives[0]?.reason).toMatch(/^Could not be judged: /);
  });

  test('a saturated generator takes every answer back and keeps the figures', () => {
    const generator = Array.from({ length: 6 }, (_, index) => ({
      second: 20 + index,
      machineBusyShare: 0.97,
    }));
    const verdict = run({ requests: pays('peak', { ok: 400 }), generator }, [objective()]);
    expect(verdict).toMatchObject({ answer: 'inconclusive', generator: { saturated: true } });
    expect(verdict.objectives[0]).toMatchObject({ answer: 'inconclusive', evidence: { total: 400 } });
    expect(verdict.objectives[0]?.phases.every(({ answer }) => answer === 'inconclusive')).toBe(true);
  });

  test('what an audit counted too much of stands, whatever the generator lacked', () => {
    const generator = Array.from({ length: 6 }, (_, index) => ({ second: 20 + index, machineBusyShare: 1 }));
    const census = { measure: 'readings', reading: 'figure', value: 5, census: true } as const;
    const readings = [{ second: 40, reading: 'figure', value: 5 }];
    const answer = (op: 'lt' | 'gt') =>
      run({ readings, generator }, [objective({ sli: { ...census, op } })]).objectives[0]?.answer;
    expect(answer('lt')).toBe('fail');
    expect(answer('gt')).toBe('inconclusive');
  });

  test('steps of load that were not held say nothing of the system where the generator was saturated', () => {
    const generator = Array.from({ length: 6 }, (_, index) => ({ second: 20 + index, machineBusyShare: 1 }));
    const sli = { measure: 'readings', reading: 'steps', op: 'lte', value: 0, census: true } as const;
    const readings = [{ second: 40, reading: 'steps', value: 1 }];
    const { objectives } = evaluate({
      plan: { ...plan, elasticity: { noun: 'payments', route: 'till.pay' } },
      objectives: [objective({ sli: { ...sli, needs: 'load-steps' } })],
      measurements: { ...nothingMeasured, readings, generator },
      blocking: () => true,
    });
    expect(objectives[0]?.answer).toBe('inconclusive');
  });

  test('a narrowed plan is judged by the objectives of what it loads', () => {
    const narrowed = { ...plan, selected: true, scenarios: plan.scenarios.slice(1, 2) };
    const shelf = objective({
      id: 'shelf',
      sli: { measure: 'requests', service: 'shelf', routes: ['shelf.look'] },
    });
    const whole = objective({ id: 'whole', sli: { measure: 'requests', routes: ['shelf.look'] } });
    const up = objective({ id: 'up', sli: { measure: 'probes', service: 'till' } });
    const verdict = evaluate({
      plan: narrowed,
      objectives: [objective(), shelf, whole, up],
      measurements: nothingMeasured,
      blocking: () => true,
    });
    expect(verdict.objectives.map((item) => item.objective.id)).toEqual(['shelf']);
  });
});

describe('the highest multiple held', () => {
  const held = (measured: Partial<Measurements>) =>
    evaluate({
      plan,
      objectives: [objective()],
      measurements: { ...nothingMeasured, ...measured },
      blocking: () => true,
    }).highestMultipleHeld;
  const normal = pays('normal', { ok: 400 });

  test('is the highest of an unbroken row of holds', () => {
    expect(held({ requests: [...normal, ...pays('peak', { ok: 400 })] })).toBe(10);
    expect(held({ requests: [...normal, ...pays('peak', { ok: 400, error: 40 })] })).toBe(1);
    expect(
      held({ requests: [...pays('normal', { error: 40 }), ...pays('peak', { ok: 400 })] }),
    ).toBeUndefined();
  });

  test('needs the hold to be measured to its end', () => {
    expect(held({ requests: [...normal, ...pays('peak', { ok: 400 })], measuredSeconds: 30 })).toBe(1);
  });

  test('does not count a hold of which nothing is left to judge', () => {
    const excused = pays('peak', { ok: 400 }).map((series) => ({
      ...series,
      counts: Array.from(series.counts, () => 0),
    }));
    expect(held({ requests: [...normal, ...excused] })).toBe(1);
  });

  test('does not count a hold whose load was dropped', () => {
    const drops = seriesOf([{ second: 25, scenario: 'shelf', phase: 'peak', count: 100 }]);
    expect(held({ requests: [...normal, ...pays('peak', { ok: 400 })], drops })).toBe(1);
  });
});
