import { describe, expect, it } from 'vitest';
import { certainty, measured, promised } from '../../../reports/words.ts';
import type { Objective, ObjectiveVerdict } from '../../../slo/types.ts';
import { objective } from '../slo/fixtures.ts';

const sli = { measure: 'requests', service: 'till', routes: ['till.pay'], underMs: 300 } as const;
const minutes = { method: 'timeslices', windowSeconds: 60, sliceTarget: 0.95 } as const;

function verdict(changes: Partial<Objective>): ObjectiveVerdict {
  const evidence = { total: 20, bad: 1, dropped: 0, goodShare: 0.95, lowerBound: 0.78, upperBound: 0.99 };
  return { objective: objective(changes), answer: 'inconclusive', reason: '', evidence, phases: [] };
}

describe('an objective that counts time slices', () => {
  it('is promised, and told, in slices and not in requests', () => {
    const slices = objective({ sli, budgeting: minutes, target: 0.99 });
    expect(promised(slices)).toBe('99 % of 60-second slices with 95 % of requests under 300 ms');
    expect(measured(verdict({ sli, budgeting: minutes }))).toEqual({
      figure: '95 %',
      among: '20 60-second slices',
    });
    const mean = objective({ sli, budgeting: { method: 'ratio-timeslices', windowSeconds: 60 } });
    expect(promised(mean)).toBe('99 % of requests under 300 ms, as the mean of 60-second slices');
  });

  it('is a sample also where several objectives make a slice', () => {
    const member = { displayName: 'till', target: 0.99, weight: 1, sli };
    const composite = { measure: 'composite', members: [member] } as const;
    const inSlices = verdict({ sli: composite, budgeting: minutes });
    expect(measured(inSlices).figure).toBe('95 %');
    expect(certainty(inSlices)).toBe('proven only ≥ 78 % at 95 %');
    expect(measured(verdict({ sli: composite })).figure).toBe('at least 95 %');
    expect(certainty(verdict({ sli: composite }))).toBe('follows from the bounds of its objectives');
  });
});
