import { describe, expect, it } from 'vitest';
import type { ElasticityNeed } from '../../../../slo/elasticity/needs.ts';
import { evaluate } from '../../../../slo/evaluate.ts';
import type { Measurements } from '../../../../slo/measurements.ts';
import { concerns } from '../../../../slo/scope.ts';
import { objective } from '../fixtures.ts';
import { judged, measured, objectives, payments, plan, replicas } from './shop.ts';

describe('what work costs in replicas', () => {
  it('is counted over all steps', () => {
    // Till: 25 + 3 + 12·4 + 35·3 + 20; shelf: 95; ten payments in each of 95 s.
    const { cost, fixedReplicaSeconds } = judged();
    const replicaSeconds = 28 + 48 + 105 + 20 + 95;
    expect(cost).toEqual({ replicaSeconds, work: 950, secondsPer1000: (replicaSeconds * 1000) / 950 });
    expect(fixedReplicaSeconds).toBe(4 * 95);
  });

  it('leaves out work that failed', () => {
    const { cost } = judged({ requests: payments(() => 5) });
    expect(cost?.work).toBe(475);
  });

  it('is as wide as missing readings leave it', () => {
    const gap = replicas('till', [
      [0, 1],
      [40, null],
      [50, 3],
      [95, null],
    ]);
    const { cost } = judged({ replicas: [gap, replicas('shelf', [[0, 1]])] });
    // Ten seconds between 1 and 3; the last five as before.
    expect(cost?.replicaSeconds).toBe(35 + 10 + 50 * 3 + 95);
    expect(cost?.upToReplicaSeconds).toBe(35 + 30 + 50 * 3 + 95);
  });
});

function promise(reading: string, needs: ElasticityNeed, value: number) {
  return objective({
    id: reading,
    service: 'system',
    sli: { measure: 'readings', reading, op: 'lte', value, census: true, needs },
  });
}

const held = promise('load-steps-not-held', 'load-steps', 0);
const budget = promise('replica-budget-spent', 'replica-budget', 1);

function answersTo(changes: Partial<Measurements>, planned = plan) {
  const { objectives: verdicts } = evaluate({
    plan: planned,
    objectives: [...objectives, held, budget],
    measurements: measured(changes),
    blocking: () => true,
  });
  return Object.fromEntries(verdicts.map(({ objective: { id }, answer }) => [id, answer]));
}

describe('promises over steps of load', () => {
  it('are kept by a system that follows', () => {
    expect(answersTo({})).toMatchObject({ 'load-steps-not-held': 'pass', 'replica-budget-spent': 'pass' });
  });

  it('are broken by one that stays overloaded', () => {
    const requests = payments((second) => (second >= 33 && second < 60 ? 10 : 0));
    expect(answersTo({ requests })['load-steps-not-held']).toBe('fail');
  });

  it('are broken by one that keeps too many replicas', () => {
    const lavish = [replicas('till', [[0, 4]]), replicas('shelf', [[0, 4]])];
    expect(answersTo({ replicas: lavish })['replica-budget-spent']).toBe('fail');
  });

  it('are open where something was not measured, or may lie on either side', () => {
    expect(answersTo({ measuredSeconds: 70 })).toMatchObject({
      'load-steps-not-held': 'inconclusive',
      'replica-budget-spent': 'inconclusive',
    });
    expect(answersTo({ replicas: [] })['replica-budget-spent']).toBe('inconclusive');
    const gap = [
      replicas('till', [
        [0, 1],
        [10, null],
        [90, 12],
      ]),
      replicas('shelf', [[0, 1]]),
    ];
    expect(answersTo({ replicas: gap })['replica-budget-spent']).toBe('inconclusive');
  });

  it('are open where load never changed', () => {
    const level = { ...plan, phases: plan.phases.slice(0, 2) };
    expect(answersTo({}, level)['load-steps-not-held']).toBe('inconclusive');
  });

  it('are asked only where they can be answered', () => {
    const { elasticity, ...other } = plan;
    expect(concerns(other, held)).toBe(false);
    expect(concerns(other, budget)).toBe(false);
    const free = { ...plan, environment: { ...plan.environment, replicas: { services: ['till'] } } };
    expect(concerns(free, held)).toBe(true);
    expect(concerns(free, budget)).toBe(false);
    expect(concerns(plan, budget)).toBe(true);
  });
});
