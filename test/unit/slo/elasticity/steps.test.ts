import { describe, expect, it } from 'vitest';
import { judgeElasticity } from '../../../../slo/elasticity/judge-elasticity.ts';
import { judged, measured, objectives, payments, plan, replicas, stepsOf } from './shop.ts';

/** All fail from one second up to another. */
const down = (from: number, to: number) => payments((second) => (second >= from && second < to ? 10 : 0));

describe('steps of load', () => {
  it('are the holds after the warm-up, each with the ramp before it', () => {
    expect(
      judged().steps.map(({ phase, kind, fromSecond, reachedSecond }) => [
        phase,
        kind,
        fromSecond,
        reachedSecond,
      ]),
    ).toEqual([
      ['low', 'start', 5, 5],
      ['high', 'up', 30, 32],
      ['low-again', 'down', 60, 62],
    ]);
  });

  it('are not asked of a plan that is not made for it', () => {
    const { elasticity, ...other } = plan;
    expect(judgeElasticity(other, measured(), objectives)).toBeUndefined();
  });
});

describe('time until objectives hold again', () => {
  it('is 0 where none was lost', () => {
    expect(stepsOf().map(({ answer, holdAgainSeconds }) => [answer, holdAgainSeconds])).toEqual([
      ['pass', 0],
      ['pass', 0],
      ['pass', 0],
    ]);
  });

  it('counts from the beginning of the step to the first good seconds that last', () => {
    const [, high] = stepsOf({ requests: down(31, 37) });
    expect(high).toMatchObject({ answer: 'pass', holdAgainSeconds: 7, slowest: ['till'] });
  });

  it('is taken on the clock of the requests', () => {
    const [, high] = stepsOf({ requests: down(31, 37), sliceOffsetSeconds: 0.25 });
    expect(high.holdAgainSeconds).toBe(7.25);
  });

  it('ends with the step: one that never held again has failed', () => {
    const [low, high, again] = stepsOf({ requests: down(33, 60) });
    expect(low.answer).toBe('pass');
    expect(high).toMatchObject({ answer: 'fail', slowest: ['till'] });
    expect(high.holdAgainSeconds).toBeUndefined();
    expect(again.answer).toBe('pass');
  });

  it('fails nobody for a moment with too few requests around it to tell', () => {
    const rare = (outcome: string, seconds: readonly number[]) => ({
      ...{ service: 'till', route: 'till.pay', phase: 'high', outcome, from: 0 },
      counts: Array.from({ length: 100 }, (_, second) => (seconds.includes(second) ? 1 : 0)),
    });
    const [low, high] = stepsOf({ requests: [rare('error', [40, 45]), rare('ok', [50])] });
    expect(low).toMatchObject({ answer: 'inconclusive', unknown: [] });
    expect(high).toMatchObject({ answer: 'inconclusive', unknown: ['till'] });
    expect(stepsOf({ requests: [rare('error', [40, 45, 50])] })[1].answer).toBe('fail');
  });

  it('is not known of a step that was not measured to its end', () => {
    const [, high, again] = stepsOf({ measuredSeconds: 70 });
    expect(high.answer).toBe('pass');
    expect(again.answer).toBe('inconclusive');
    expect(again.replicas).toBeUndefined();
    expect(judged({ measuredSeconds: 70 }).cost).toBeUndefined();
  });
});

describe('replicas', () => {
  it('settle, overshoot, and leave', () => {
    const [low, high, again] = stepsOf();
    expect(low.replicas).toEqual({ highest: 2, settled: 2, settledAfterSeconds: 0 });
    expect(high.replicas).toEqual({ highest: 5, settled: 4, overshoot: 1, settledAfterSeconds: 15 });
    expect(again.replicas).toEqual({ highest: 4, settled: 2, settledAfterSeconds: 20, surplus: 0 });
  });

  it('have not settled while they still change', () => {
    const restless = [
      replicas('till', [
        [0, 1],
        [57, 2],
      ]),
      replicas('shelf', [[0, 1]]),
    ];
    const [, high, again] = stepsOf({ replicas: restless });
    expect(high.replicas?.settledAfterSeconds).toBeUndefined();
    expect(again.replicas).toMatchObject({ settled: 3, surplus: 1, settledAfterSeconds: 0 });
  });

  it('overshoot service by service, although one grows while another shrinks', () => {
    const crossing = [
      replicas('till', [
        [0, 1],
        [35, 3],
        [40, 1],
      ]),
      replicas('shelf', [
        [0, 1],
        [40, 3],
      ]),
    ];
    expect(stepsOf({ replicas: crossing })[1].replicas).toMatchObject({
      highest: 4,
      settled: 4,
      overshoot: 2,
    });
  });

  it('say nothing if one service never told', () => {
    const report = judged({ replicas: [replicas('till', [[0, 1]])] });
    expect(report.silent).toEqual(['shelf']);
    expect(report.cost).toBeUndefined();
    expect(report.steps.every(({ replicas: none }) => none === undefined)).toBe(true);
  });
});
