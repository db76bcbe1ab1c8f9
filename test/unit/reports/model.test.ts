import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../../reports/figures.ts';
import { present } from '../../../reports/model.ts';
import { calm, reportInput } from '../../fixtures/report-input.ts';

const input = reportInput();
const failing = present(input);
const passing = present(reportInput(calm));

function rowOf(table: { rows: readonly (readonly { text: string }[])[] }, name: string) {
  return table.rows.find(([first]) => first?.text === name);
}

describe('the decision', () => {
  it('says in plain words what failed, and shows at most three reasons, worst first', () => {
    expect(failing.decision).toMatchObject({ word: 'FAIL', symbol: '✗', exitCode: 99 });
    expect(failing.decision.headline).toBe(
      'Not ready for 10x: promises were broken, worst by payment. Up to 8x nothing broke.',
    );
    expect(failing.decision.deciding.map((objective) => objective.service)).toEqual([
      'payment',
      'payment',
      'payment',
    ]);
    expect(failing.decision.more).toBe(`and ${input.decision.because.length - 3} objectives more, below`);
  });

  it('never calls a system ready when objectives could not be proven', () => {
    expect(passing.decision.word).toBe('PASS');
    expect(passing.decision.headline).toBe(
      'Nothing that blocks was broken up to 10x; not everything could be proven.',
    );
  });

  it('shows the closest calls of a pass', () => {
    expect(passing.decision.decidingTitle).toBe('Closest calls');
    expect(passing.decision.deciding.every((objective) => objective.status.standing === 'pass')).toBe(true);
  });

  it('leaves a held run undecided', () => {
    const held = present(reportInput({ ...calm, policy: { inconclusive: 'hold' } }));
    expect(held.decision).toMatchObject({ word: 'HOLD', exitCode: 3 });
    expect(held.decision.headline).toMatch(/^Not decided/);
  });
});

describe('a search for the breaking point', () => {
  const { phases } = input.plan;
  const beyond = phases.map((phase) =>
    phase.name === 'peak'
      ? { ...phase, role: 'beyond' as const, fromMultiplier: 14, toMultiplier: 14 }
      : phase,
  );
  const plan = { phases: beyond, stopAtFailure: true };
  const { decision, figures } = present(
    reportInput({
      plan,
      endedAfter: 131,
      measurements: { end: 'stopped-at-failure', partial: [] },
      policy: { inconclusive: 'tolerate' },
    }),
  );

  it('says what held and what did not, and never that more was kept than was reached', () => {
    expect(decision.headline).toBe(
      'Nothing that blocks was broken up to 8x; not everything could be proven. 14x did not hold: the run ended there.',
    );
  });

  it('shows the highest load that was reached, also beyond the promise', () => {
    expect(figures[0]).toMatchObject({ label: 'Highest load', value: '14x' });
    const early = present(reportInput({ plan, endedAfter: 60 })).figures;
    expect(early[0]).toMatchObject({ label: 'Highest load', value: '8x' });
  });
});

describe('a run whose generator was saturated', () => {
  const { verdict, ...rest } = reportInput(calm);
  const reasons = ['the machine was full'];
  const { highestMultipleHeld, ...unknown } = verdict;
  const objectives = verdict.objectives.map((item) => ({ ...item, answer: 'inconclusive' as const }));
  const saturated = { ...unknown, objectives, generator: { saturated: true, reasons } };
  const { decision, figures, promises } = present({ ...rest, verdict: saturated });

  it('says neither that the promised load held nor that it did not', () => {
    expect(promises.find(({ title }) => title === 'Capacity')?.measured).toBe('not known');
    expect(figures.at(-1)).toEqual({
      label: 'Held up to',
      value: '–',
      note: 'not known: the generator was saturated',
    });
    expect(decision.deciding).toEqual([]);
  });
});

describe('the promises', () => {
  const promise = (title: string) => failing.promises.find((row) => row.title === title);

  it('stand as their worst objective stands', () => {
    expect(promise('Uptime')?.status.word).toBe('broken');
    expect(promise('Uptime')?.measured).toMatch(/^\d+ broken, \d+ not proven of 11$/);
    expect(promise('Orders')?.measured).toBe('all 3 kept');
  });

  it('say what a proof lacks', () => {
    expect(promise('Analytics latency')?.certainty).toMatch(/^not proven yet: .*149 clean readings/);
  });

  it('say why nothing was measured, and never look kept then', () => {
    expect(promise('Cost')?.status.standing).toBe('none');
    expect(promise('Cost')?.certainty).toBe('not measured in this run: the target states no budget');
  });

  it('answer the capacity promise with the highest multiple that held', () => {
    expect(promise('Capacity')?.measured).toBe('held up to 8x');
  });
});

describe('banners', () => {
  it('are absent from a complete run of a healthy generator', () => expect(failing.banners).toEqual([]));

  it('warn of a partial run and of a saturated generator', () => {
    const partial = reportInput({ endedAfter: 96 });
    const saturated = { ...partial.verdict, generator: { saturated: true, reasons: ['machine full'] } };
    const { banners, generator } = present({ ...partial, verdict: saturated });
    expect(banners.map((banner) => banner.lines)).toEqual([
      ['interrupted after 96 of 150 s'],
      ['machine full'],
    ]);
    expect(generator.status.word).toBe('saturated');
  });
});

describe('the timeline', () => {
  it('has a point for each second, with the plan beside what was achieved', () => {
    const { points } = failing.timeline;
    expect(points).toHaveLength(150);
    expect(points[100]?.multiplier).toBe(10);
    expect(points[100]?.plannedPerSecond).toBeCloseTo(269, 0);
  });

  it('puts the worst second into words', () => {
    expect(failing.timeline.latency.summary).toContain('in phase peak');
    expect(failing.timeline.errors.summary).toContain('3 iterations dropped');
  });

  it('aggregates long runs honestly: sums of counts, means of rates, the worst latency', () => {
    const { timeline } = present(reportInput({ durationSeconds: 1500, scale: 0.001 }));
    expect(timeline.points).toHaveLength(500);
    expect(timeline.aggregation).toContain('One point is 3 seconds');
    const errors = timeline.points.reduce((sum, point) => sum + point.errors, 0);
    expect(timeline.errors.summary).toContain(`${errors} errors`);
    const worst = Math.max(...timeline.points.map((point) => point.p99Ms ?? 0));
    expect(timeline.latency.summary).toContain(`a p99 of ${milliseconds(worst)},`);
  });

  it('ends where the measurement ended', () => {
    expect(present(reportInput({ endedAfter: 96 })).timeline.points).toHaveLength(96);
  });
});

describe('the phases', () => {
  it('are counted as they were tagged, where they begin between two seconds', () => {
    const { phases } = input.plan;
    const edge = (name: string, shift: number) =>
      phases.map((phase) =>
        phase.name === name ? { ...phase, startSecond: phase.startSecond + shift } : phase,
      );
    const exact = rowOf(present(input).timeline.byPhase, 'opening');
    const shifted = present({ ...input, plan: { ...input.plan, phases: edge('opening', 1.5) } });
    const row = rowOf(shifted.timeline.byPhase, 'opening');
    expect(Number(row?.[4]?.text)).toBeCloseTo(Number(exact?.[4]?.text) * 4, -1);
  });
});

describe('the heat map', () => {
  it('has a row for every service and every other owner of an objective', () => {
    expect(failing.heatMap.rows).toHaveLength(22);
    const labels = failing.heatMap.columns.map((column) => column.label);
    expect(labels).toEqual([
      'Service',
      'Availability',
      'Latency',
      'Latency, reads',
      'Latency, writes',
      'Uptime',
      'Readings',
    ]);
    const payment = rowOf(failing.heatMap, 'payment')?.map((cell) => cell.text) ?? [];
    expect([payment[0], payment[1], payment[2], payment[4]]).toEqual([
      'payment',
      'broken',
      'no objective',
      'broken',
    ]);
  });
});

describe('uptime', () => {
  it('is told by requests and by time, with the longest outage and its cause', () => {
    expect(rowOf(failing.uptime, 'payment')?.map((cell) => cell.text)).toEqual([
      'payment',
      '95.1 %',
      '95.3 %',
      '7 s',
      'connect ECONNREFUSED (7)',
    ]);
  });

  it('counts a fall-back as bad for the service that was asked', () => {
    expect(rowOf(failing.uptime, 'recommendation')?.[1]?.text).not.toBe('100 %');
  });
});

describe('services', () => {
  it('come worst first, with who they call and who calls them', () => {
    const [first] = failing.services;
    expect(first?.status.word).toBe('broken');
    const payment = failing.services.find((service) => service.name === 'payment');
    expect(payment?.facts).toContainEqual({ label: 'Called by', text: 'order' });
    expect(payment?.isOpen).toBe(true);
  });

  it('tell a quantile with its interval, and what became of the requests', () => {
    const payment = failing.services.find((service) => service.name === 'payment');
    const authorize = payment && rowOf(payment.routes, 'payment.authorize');
    expect(authorize?.[5]).toMatchObject({ note: expect.stringMatching(/ – /) });
    expect(authorize?.[6]?.text).toMatch(/^≤ 800 ms [\d,]+ · ≤ 2 s \d+ · slow \d+ · error \d+$/);
  });
});

describe('a run without a single measurement', () => {
  it('is told, and nothing in it looks kept', () => {
    const empty = present(
      reportInput({
        measurements: {
          measuredSeconds: 0,
          partial: ['the generator never connected'],
          requests: [],
          journeys: [],
          drops: [],
          probes: [],
          readings: [],
          latencyByRoute: [],
          latencySlices: [],
          generator: [],
          reconciliation: [],
        },
      }),
    );
    expect(empty.decision.outcome).toBe('hold');
    expect(empty.objectives.some((objective) => objective.status.standing === 'pass')).toBe(false);
    expect(empty.objectives[0]?.measured).toBe('no data');
    expect(empty.timeline.points).toEqual([]);
    expect(empty.generator.status).toMatchObject({ standing: 'none', word: 'not known' });
  });
});
