import { describe, expect, it } from 'vitest';
import type { LoadPlan } from '../../../profiles/types.ts';
import { lastJudgedHold, watchEarly } from '../../../slo/early.ts';
import { evaluate } from '../../../slo/evaluate.ts';
import type { Measurements, RunEnd } from '../../../slo/measurements.ts';
import { seriesOf } from '../../fixtures/series.ts';
import { nothingMeasured, objective, plan } from './fixtures.ts';

/** The shop's rush, held at its peak for as long as it takes. */
const long: LoadPlan = {
  ...plan,
  durationSeconds: 2000,
  phases: plan.phases.map((phase) => (phase.name === 'peak' ? { ...phase, endSecond: 2000 } : phase)),
  early: { whenDecided: true, atFailure: true },
};
const row = { service: 'till', route: 'till.pay', phase: 'peak' };

/** 100 requests a second of the peak up to `seconds`, of which `bad(second)` fail. */
function measured(seconds: number, bad: (second: number) => number, end: RunEnd = 'finished'): Measurements {
  const rows = Array.from({ length: seconds - 20 }, (_, index) => index + 20).flatMap((second) => [
    { ...row, second, outcome: 'ok', count: 100 - bad(second) },
    { ...row, second, outcome: 'error', count: bad(second) },
  ]);
  return { ...nothingMeasured, measuredSeconds: seconds, end, requests: seriesOf(rows) };
}

const till = objective();
const look = watchEarly(long, [till], 1);
const firstSecond = (bad: (second: number) => number, state: 'failed' | 'decided') => {
  const whole = measured(2000, bad);
  for (let second = 21; second < 2000; second++) {
    const { failed, open } = look(whole, second);
    if (state === 'failed' ? failed.length > 0 : open.length === 0) return second;
  }
  return undefined;
};

describe('a run that is looked at every second', () => {
  it('is decided soon where nothing fails, and not at once', () => {
    const second = firstSecond(() => 0, 'decided');
    expect(second).toBeGreaterThan(50);
    expect(second).toBeLessThan(400);
  });

  it('fails soon at five times what is allowed', () => {
    expect(firstSecond((second) => (second % 2 === 0 ? 5 : 5), 'failed')).toBeLessThan(120);
  });

  it('stays open where failures are what is allowed', () => {
    expect(firstSecond(() => 1, 'decided')).toBeUndefined();
  });

  it('does not pass by a clean stretch what then fails for long', () => {
    const bad = (second: number) => (second >= 40 && second < 60 ? 50 : 0);
    expect(look(measured(60, bad), 60)).toEqual({ failed: [], open: [till.id] });
  });

  it('counts a time slice only when it has ended', () => {
    const budgeting = { method: 'timeslices', windowSeconds: 5, sliceTarget: 0.9 } as const;
    const lookAtSlices = watchEarly(long, [objective({ target: 0.8, budgeting })], 1);
    const whole = measured(2000, () => 0);
    const until = (second: number) =>
      whole.requests.map((row) => ({ ...row, counts: Array.from(row.counts).slice(0, second - row.from) }));
    const decided = Array.from({ length: 2000 }, (_, second) => second).find(
      (second) =>
        second > 20 && lookAtSlices({ ...whole, requests: until(second) }, second).open.length === 0,
    );
    // Slices end at 10, 15, 20 and so on.
    expect(decided).toBeGreaterThan(100);
    expect((decided ?? 1) % 5).toBe(0);
  });

  it('ends in the last judged hold', () => {
    expect(lastJudgedHold(long)?.name).toBe('peak');
  });
});

describe('the verdict of a run that could end early', () => {
  const verdictOf = (measurements: Measurements) =>
    evaluate({ plan: long, objectives: [till], measurements, blocking: () => true }).objectives[0];

  it('is that of the looks where it did', () => {
    expect(verdictOf(measured(400, () => 0, 'stopped-when-decided'))).toMatchObject({
      answer: 'pass',
      atAnyTime: true,
      reason: expect.stringMatching(/^The run could end at any time, .* says kept\. /),
    });
    expect(verdictOf(measured(120, () => 5, 'stopped-at-failure'))).toMatchObject({ answer: 'fail' });
  });

  it('takes no bound of one look for an answer where the looks had none', () => {
    const stopped = measured(30, () => 0, 'stopped-at-failure');
    expect(verdictOf(stopped)?.answer).toBe('inconclusive');
    expect(verdictOf({ ...stopped, end: 'finished' })?.answer).toBe('pass');
  });
});
