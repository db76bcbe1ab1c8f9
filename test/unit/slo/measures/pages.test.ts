import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../slo/evaluate.ts';
import { gate } from '../../../../slo/gate.ts';
import type { PageMeasurements, PageOrigin } from '../../../../slo/pages/types.ts';
import type { Objective, ObjectiveVerdict, Policy } from '../../../../slo/types.ts';
import { pageRow } from '../../../fixtures/report/pages.ts';
import { nothingMeasured, objective, plan } from '../fixtures.ts';

const policy: Policy = {
  ...{ name: 'rehearsal', description: '', blocking: [{}] },
  ...{ inconclusive: 'tolerate', partial: 'hold' },
};

const nothingSeen: PageMeasurements = {
  ...{ rows: [], exceptions: [], sessions: [], waterfalls: [], frames: [], rejections: [], problems: [] },
};

const row: typeof pageRow = (metric, values, changes) =>
  pageRow(metric, values, { origin: 'real', second: 25, ...changes });

const mean = (changes: object = {}) =>
  objective({
    id: 'page-load',
    target: 0.95,
    sli: { measure: 'page-load', op: 'lt', value: 1500, ...changes },
  });
const lcp = objective({ id: 'page-lcp', target: 0.75, sli: { measure: 'vitals', metric: 'lcp' } });

function judged(promise: Objective, pages?: Partial<PageMeasurements>): ObjectiveVerdict {
  const seen = pages === undefined ? {} : { pages: { ...nothingSeen, ...pages } };
  const measurements = { ...nothingMeasured, ...seen };
  const { objectives } = evaluate({ plan, objectives: [promise], measurements, blocking: () => true });
  return objectives[0] as ObjectiveVerdict;
}

describe('the mean page load', () => {
  it('is kept if its upper bound is under the limit, by the figures of a t interval', () => {
    const { answer, evidence, reason } = judged(mean(), {
      rows: [row('page-load', [900, 1000, 1100, 1200])],
    });
    expect(answer).toBe('pass');
    expect(evidence).toMatchObject({ total: 4, bad: 0, mean: { mean: 1050 } });
    // SciPy: t.interval(0.9, 3, 1050, sem([900, 1000, 1100, 1200]))
    expect(evidence.mean?.high).toBeCloseTo(1201.9, 1);
    expect(reason).toBe(
      '4 page loads took 1.05 s on average: under 1.2 s with 95 % confidence; 1.5 s was promised.',
    );
  });

  it('is broken if its lower bound is over it, and open where the limit lies between', () => {
    expect(judged(mean(), { rows: [row('page-load', [3400, 3500, 3600])] })).toMatchObject({
      answer: 'fail',
      reason: expect.stringContaining('over 3.33 s with 95 % confidence'),
    });
    expect(judged(mean(), { rows: [row('page-load', [900, 1400, 2400])] })).toMatchObject({
      answer: 'inconclusive',
      reason: expect.stringContaining('more page loads would tell'),
    });
    expect(judged(mean(), { rows: [row('page-load', [900])] }).answer).toBe('inconclusive');
  });

  it('has neither budget nor burn rate, and tells each phase by itself', () => {
    const rows = [
      row('page-load', [900, 1000]),
      row('page-load', [300, 310], { phase: 'normal', second: 7 }),
    ];
    const verdict = judged(mean(), { rows });
    expect(verdict).not.toHaveProperty('burnRate');
    expect(verdict).not.toHaveProperty('neededTotal');
    expect(verdict.phases.map(({ phase, mean: found }) => [phase, found?.mean])).toEqual([
      ['normal', 305],
      ['rise', undefined],
      ['peak', 950],
    ]);
  });

  it.each([
    ['of one page', { page: 'product' }, 2],
    ['of real visitors', { visitors: 'real' }, 3],
    ['of synthetic ones', { visitors: 'synthetic' }, 2],
    ['of both, and of nobody else', {}, 5],
  ])('counts loads %s', (_name, changes, total) => {
    const of = (origin: PageOrigin, values: number[], page = 'home') =>
      row('page-load', values, { origin, page });
    const rows = [
      of('real', [1, 2, 3]),
      of('synthetic', [4, 5], 'product'),
      of('browser', [6, 7, 8, 9]),
      of('virtual', [10]),
      row('page-load', [11], { phase: 'warmup', second: 1 }),
    ];
    expect(judged(mean(changes), { rows }).evidence.total).toBe(total);
  });
});

describe('web vitals and sessions', () => {
  it('are shares of good page views by the limits of web.dev', () => {
    // One a second and spread out: failures in one second would be one burst.
    const rows = Array.from({ length: 20 }, (_, i) =>
      row('lcp', [2500, i === 3 ? 2501 : 2400, i === 15 ? 4001 : 100], { second: 20 + i }),
    );
    expect(judged(lcp, { rows: [...rows, row('fcp', [9000])] })).toMatchObject({
      answer: 'pass',
      evidence: { total: 60, bad: 2 },
      reason: expect.stringContaining('2 LCP values that are not good in 60 page views'),
    });
  });

  it('count sessions with errors among all of them', () => {
    const promise = objective({ id: 'page-errors', target: 0.99, sli: { measure: 'sessions' } });
    const sessionsOf = (origin: PageOrigin) =>
      Array.from({ length: 20 }, (_, i) => ({
        ...{ second: 20 + i, phase: 'peak', origin },
        ...{ sessions: 5, withErrors: i % 3 },
      }));
    const seen = judged(promise, { sessions: sessionsOf('real') });
    expect(seen).toMatchObject({ answer: 'fail', evidence: { total: 100, bad: 19 } });
    const virtual = judged(promise, { sessions: sessionsOf('virtual') });
    expect(virtual.evidence.total).toBe(0);
  });
});

describe('without beacons', () => {
  const outcomeOf = (...objectives: ObjectiveVerdict[]) =>
    gate(
      {
        version: 1,
        answer: 'inconclusive',
        objectives,
        generator: { saturated: false, reasons: [] },
        partial: [],
      },
      policy,
      { nowMs: 0 },
    ).outcome;

  it('nothing is proven, and a policy that tolerates what is open lets it through beside what was proven', () => {
    const verdict = judged(mean());
    expect(verdict).toMatchObject({
      answer: 'inconclusive',
      reason: 'No data: no browser was in this run, and no beacons of real users arrived.',
    });
    expect(outcomeOf(verdict)).toBe('hold');
    const rows = Array.from({ length: 20 }, (_, i) => row('page-load', [900], { second: 20 + i }));
    expect(outcomeOf(verdict, judged(mean(), { rows }))).toBe('pass');
  });

  it('the reason why the browser measured nothing is told', () => {
    const problems = ['there is no Chromium on this machine'];
    expect(judged(lcp, { problems }).reason).toBe('No data: there is no Chromium on this machine.');
  });

  it('of real users, what our own browser did explains nothing', () => {
    const rows = [row('page-load', [900], { origin: 'browser' })];
    const verdict = judged(mean({ visitors: 'real' }), { rows, problems: ['there is no Chromium'] });
    expect(verdict.reason).toBe('No data: no beacons of real users arrived.');
    expect(verdict).not.toHaveProperty('dataMissing');
  });

  it('though pages were loaded, data is missing and every policy holds', () => {
    const verdict = judged(mean(), { rows: [row('page-load', [900], { origin: 'browser' })] });
    expect(verdict).toMatchObject({ answer: 'inconclusive', dataMissing: true });
    expect(outcomeOf(verdict)).toBe('hold');
  });
});
