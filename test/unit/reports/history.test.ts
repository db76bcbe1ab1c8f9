import { describe, expect, it } from 'vitest';
import { sparkline } from '../../../reports/figures.ts';
import { renderHtml } from '../../../reports/formats/html.ts';
import { present } from '../../../reports/model.ts';
import { isComparable, recordedRun, recordedRunSchema } from '../../../reports/past-run.ts';
import { budgetOver, monthWindow, rollingWindow } from '../../../reports/window-budget.ts';
import { assets } from '../../fixtures/report/assets.ts';
import { pastRuns } from '../../fixtures/report/past-runs.ts';
import { reportInput } from '../../fixtures/report-input.ts';

const input = reportInput();
const model = present({ ...input, history: pastRuns });

describe('promises run by run', () => {
  it('show each run with its standing and figure, the newest, this one, last', () => {
    const { table } = model.history ?? {};
    expect(table?.columns.map(({ label }) => label)).toEqual([
      'Promise',
      'Trend',
      ...['20', '21', '22', '23'].map((day) => `2026-11-${day} 06:00`),
      'This run',
    ]);
    const uptime = table?.rows.find(([title]) => title?.text === 'Uptime') ?? [];
    expect(uptime.map(({ text }) => text)).toEqual([
      'Uptime',
      '████▁',
      'broken',
      'kept',
      'kept',
      'kept',
      'broken',
    ]);
    expect(uptime[2]?.note).toBe('1 broken of 11');
  });

  it('leave out what none of the runs measured, and say so where one did not', () => {
    const titles = model.history?.table.rows.map(([title]) => title?.text);
    expect(titles).not.toContain('Recovery, mean');
    const capacity = model.history?.table.rows.find(([title]) => title?.text === 'Capacity');
    expect(capacity?.slice(2, 6).map(({ text }) => text)).toEqual(Array(4).fill('not measured'));
  });

  it('stand in the page only where there was a run before', () => {
    expect(renderHtml(model, assets)).toContain('<section id="history"');
    expect(renderHtml(present(input), assets)).not.toContain('id="history"');
  });
});

describe('a recorded run', () => {
  const origin = { createdAtMs: 5, source: { branch: 'main', commit: 'abc' } };
  const run = recordedRun(origin, model.document);

  it('is what the history reads back', () => {
    expect(recordedRunSchema.parse(JSON.parse(JSON.stringify(run)))).toEqual(run);
    expect(run).toMatchObject({ branch: 'main', commit: 'abc', outcome: 'fail', planned: 10, held: 8 });
    expect(run.peakP99Ms).toBeGreaterThan(0);
  });

  it('has an error budget for what is a sample, and none for what is counted whole', () => {
    const budgets = new Map(run.objectives.map(({ id, hasBudget }) => [id, hasBudget]));
    expect(budgets.get('payment-availability')).toBe(true);
    expect(budgets.get('orders-lost')).toBe(false);
    expect(budgets.get('capacity-10x')).toBe(false);
  });

  it('compares with runs of the same suite, profile, environment and load only', () => {
    expect(isComparable(run, { ...run })).toBe(true);
    for (const change of [{ suite: 'x' }, { profile: 'x' }, { environment: 'x' }, { planned: 5 }]) {
      expect(isComparable(run, { ...run, ...change })).toBe(false);
    }
  });
});

describe('error budgets over a window', () => {
  const base = recordedRun({ createdAtMs: 0 }, model.document);
  const run = (day: number, bad: number, total: number, target = 0.99) => ({
    ...base,
    createdAtMs: Date.UTC(2026, 10, day),
    measuredSeconds: 60,
    objectives: [
      { id: 'a', service: 's', answer: 'pass' as const, target, windowDays: 30, total, bad, hasBudget: true },
      {
        id: 'census',
        service: 's',
        answer: 'fail' as const,
        target,
        windowDays: 30,
        total: 1,
        bad: 1,
        hasBudget: false,
      },
    ],
  });

  it('sum up events, not shares: a long run weighs more than a short one', () => {
    const budget = budgetOver([run(2, 10, 100), run(1, 0, 9900)], monthWindow('2026-11'));
    expect(budget).toMatchObject({ runs: 2, coveredSeconds: 120 });
    expect(budget.objectives).toHaveLength(1);
    const [a] = budget.objectives;
    expect(a).toMatchObject({ objective: 'a', total: 10_000, bad: 10, runs: 2 });
    expect(a?.spentShare).toBeCloseTo(0.1, 12);
    expect(a?.newestBurnRate).toBeCloseTo(10, 12);
  });

  it('hold the target that the newest run promised', () => {
    const [a] = budgetOver([run(1, 5, 1000, 0.9), run(2, 5, 1000, 0.999)], monthWindow('2026-11')).objectives;
    expect(a?.target).toBe(0.999);
    expect(a?.spentShare).toBeCloseTo(5, 12);
  });

  it('take only what fell into the window, to the millisecond', () => {
    const { fromMs, toMs } = monthWindow('2026-11');
    expect([fromMs, toMs]).toEqual([Date.UTC(2026, 10), Date.UTC(2026, 11)]);
    const at = (createdAtMs: number) => budgetOver([{ ...run(1, 0, 1), createdAtMs }], { fromMs, toMs }).runs;
    expect([fromMs - 1, fromMs, toMs - 1, toMs].map(at)).toEqual([0, 1, 1, 0]);
    expect(monthWindow('2026-12').toMs).toBe(Date.UTC(2027, 0));
    expect(rollingWindow(30, 30 * 86_400_000)).toEqual({ fromMs: 0, toMs: 30 * 86_400_000 });
  });

  it('know nothing of an objective without events', () => {
    expect(budgetOver([run(1, 0, 0)], monthWindow('2026-11')).objectives).toEqual([]);
  });
});

describe('a sparkline', () => {
  it('spans from the smallest to the largest value', () => {
    expect(sparkline([0, 0.5, 1])).toBe('▁▅█');
    expect(sparkline([1, undefined, 0])).toBe('█·▁');
  });

  it('of equal values is flat, and of none empty', () => {
    expect(sparkline([0.99, 0.99])).toBe('▄▄');
    expect(sparkline([undefined])).toBe('·');
    expect(sparkline([])).toBe('');
  });
});
