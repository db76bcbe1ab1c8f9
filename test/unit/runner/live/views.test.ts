import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Phase } from '../../../../profiles/types.ts';
import { renderBlock } from '../../../../runner/live/block.ts';
import { createLiveView } from '../../../../runner/live/index.ts';
import { linesView } from '../../../../runner/live/lines.ts';
import { multipliersOver, sparkline } from '../../../../runner/live/load-shape.ts';
import { lineProgress } from '../../../../runner/live/progress.ts';
import type { LiveSnapshot } from '../../../../runner/types.ts';

const snapshot: LiveSnapshot = {
  second: 65,
  durationSeconds: 150,
  phase: 'peak',
  multiplier: 10,
  plannedRequestsPerSecond: 310,
  achievedRequestsPerSecond: 308,
  p50Ms: 12,
  p95Ms: 48.4,
  p99Ms: 1234,
  requests: 12_345,
  errors: 3,
  dropped: 0,
  vus: 56,
  objectives: { held: ['cart-latency'], atRisk: [], broken: [] },
  generatorBusyShare: 0.43,
};

const phases: Phase[] = [
  {
    name: 'night',
    kind: 'hold',
    startSecond: 0,
    endSecond: 75,
    fromMultiplier: 1,
    toMultiplier: 1,
    role: 'judged',
  },
  {
    name: 'rise',
    kind: 'ramp',
    startSecond: 75,
    endSecond: 150,
    fromMultiplier: 1,
    toMultiplier: 9,
    role: 'judged',
  },
];

function collector() {
  const lines: string[] = [];
  return { lines, write: (text: string) => lines.push(text) };
}

describe('renderBlock', () => {
  const draw = (change: Partial<LiveSnapshot> = {}, columns = 80, color = false) =>
    renderBlock(
      { ...snapshot, ...change },
      { phases, history: [100, 200, 300], columns, colors: pc.createColors(color) },
    );

  it('shows phase, load, latency, totals, risks, generator and time left', () => {
    const lines = draw().split('\n');
    expect(lines[0]).toMatch(/^peak {2}10x +1:25 left$/);
    expect(lines[1]).toHaveLength(80);
    expect(lines.slice(2)).toEqual([
      'load       308 of 310 requests/s  ▃▆█',
      'latency    p50 12 ms  p95 48 ms  p99 1.23 s',
      'so far     12,345 requests, 3 errors (99.975 % good), 0 dropped',
      'broken     none',
      'at risk    none',
      'generator  43 % of the machine busy, 56 VUs',
    ]);
  });

  it.each([40, 59, 80, 100])('never writes beyond %d columns', (columns) => {
    const ids = Array.from({ length: 20 }, (_, index) => `objective-number-${index}`);
    const objectives = { held: ids, atRisk: ids, broken: ids };
    const text = draw(
      { objectives, phase: 'a-phase-with-a-very-long-name-that-goes-on-and-on', requests: 1e9 },
      columns,
    );
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it('says nothing that it does not know', () => {
    const { p50Ms, p95Ms, p99Ms, generatorBusyShare, ...unknown } = snapshot;
    const text = renderBlock(unknown, { phases, history: [], columns: 80, colors: pc.createColors(false) });
    expect(text).toContain('latency    no answers yet');
    expect(text).toContain('generator  56 VUs');
  });

  it('colours only where colours are wanted', () => {
    const escapeCode = String.fromCharCode(27);
    expect(draw()).not.toContain(escapeCode);
    expect(draw({}, 80, true)).toContain(escapeCode);
  });
});

describe('load shape', () => {
  it('follows holds and ramps', () => {
    expect(multipliersOver(phases, 150, 6)).toEqual([
      1,
      1,
      1,
      expect.closeTo(2.333),
      expect.closeTo(5),
      expect.closeTo(7.667),
    ]);
    expect(sparkline([0, 5, 10])).toBe('▁▅█');
    expect(sparkline([0, 0])).toBe('▁▁');
    expect(sparkline([])).toBe('');
  });
});

describe('linesView', () => {
  it('writes a line at each change of phase, and every five seconds', () => {
    const out = collector();
    const view = linesView(out);
    for (let second = 1; second <= 12; second++) {
      view.snapshot({ ...snapshot, second, phase: second < 9 ? 'peak' : 'decay' });
    }
    expect(out.lines.map((line) => line.slice(0, 20))).toEqual([
      '0:01/2:30  peak 10x ',
      '0:06/2:30  peak 10x ',
      '0:09/2:30  decay 10x',
    ]);
    expect(out.lines[0]).toBe(
      '0:01/2:30  peak 10x  308 of 310 requests/s  p50 12 ms  p95 48 ms  p99 1.23 s  3 errors, 0 dropped\n',
    );
  });

  it('names what is broken and at risk, and keeps a stranger from driving the terminal', () => {
    const out = collector();
    linesView(out).snapshot({
      ...snapshot,
      objectives: { held: [], atRisk: ['cart-latency'], broken: ['payment-latency'] },
    });
    linesView(out).note('it said \u001b[2J\nbye');
    expect(out.lines[0]).toMatch(/dropped {2}broken: payment-latency {2}at risk: cart-latency\n$/);
    expect(out.lines[1]).toBe('it said  [2J bye\n');
  });
});

describe('createLiveView', () => {
  const view = (change: { quiet?: boolean; json?: boolean }) => {
    const progress = collector();
    const results = collector();
    const live = createLiveView({
      quiet: false,
      json: false,
      color: false,
      phases,
      progress: progress as unknown as NodeJS.WriteStream,
      results,
      ...change,
    });
    live.note('hello');
    live.snapshot(snapshot);
    live.close();
    return { progress: progress.lines, results: results.lines };
  };

  it('writes plain lines as progress where there is no terminal', () => {
    expect(view({})).toMatchObject({ progress: ['hello\n', expect.any(String)], results: [] });
  });

  it('writes one JSON object a line as results', () => {
    const { progress, results } = view({ json: true });
    const { objectives, ...rest } = snapshot;
    expect(progress).toEqual([]);
    expect(results.map((line) => JSON.parse(line))).toEqual([
      { type: 'note', message: 'hello' },
      { type: 'snapshot', ...rest, atRisk: [], broken: [] },
    ]);
  });

  it('is silent when told so', () => {
    expect(view({ quiet: true })).toEqual({ progress: [], results: [] });
  });
});

describe('lineProgress', () => {
  it('names each step, and shows every ten seconds that it lives', () => {
    const out = collector();
    let nowMs = 0;
    const progress = lineProgress(out, () => nowMs);
    for (nowMs = 0; nowMs < 25_000; nowMs += 1_000) progress.step('building', `${nowMs / 1000} of 100`);
    progress.step('starting');
    expect(out.lines).toEqual([
      'building: 0 of 100\n',
      'building: 10 of 100\n',
      'building: 20 of 100\n',
      'starting\n',
    ]);
  });
});
